"""What is not fetched: other schemes, passwords, private hosts, hosts that are not who they say."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from fetching import AT_ONCE, PAGE, Names, fetch, make_outside
from server import Answer, Site, redirect, serving

from kb.errors import FetchFailed, FetchRefused
from kb.fetch import Manners
from kb.fetch.guard import is_public


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://kabar.example/a",
        "gopher://kabar.example/",
        "data:text/html,hai",
        "kabar.example/a",
        "//kabar.example/a",
        "/etc/passwd",
        "http:///a",
        "http://",
        "",
        "http://[::1/",
        "http://kabar.example:abc/",
        "http://siti:rahasia@kabar.example/",
        "http://rahasia@kabar.example/",
        "http://siti:rahasia@[::1/",
        "http://siti:ra@hasia:rahasia@kabar.example/",
    ],
)
def test_only_plain_web_addresses_are_fetched(url: str) -> None:
    """What is not http or https, or has a user or password in it, is refused, and the password not repeated."""
    with pytest.raises(FetchRefused) as caught:
        fetch(url)
    assert "rahasia" not in f"{caught.value!r} {caught.value.subject}"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "localhost", "0", "0.0.0.0",
        "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "192.0.2.1", "198.18.0.1", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:8.8.8.8]",
        "[::127.0.0.1]", "[fe80::1]", "[fc00::1]", "[fec0::1]", "[ff02::1]", "[2002:7f00:1::]", "[2001:db8::1]",
        "[2001:0:1::1]", "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]", "[64:ff9b:1::8.8.8.8]",
    ],
)  # fmt: skip
@pytest.mark.parametrize("robots", [False, True], ids=["", "robots"])
def test_private_hosts_are_refused(site: Site, host: str, robots: bool) -> None:
    """An address that is not public is refused however it is spelt, and nobody is asked."""
    with pytest.raises(FetchRefused, match="not public"):
        fetch(site.url(host=host), manners=replace(AT_ONCE, robots=robots), allow_private=False)
    assert site.requests == []


@pytest.mark.parametrize("address", ["8.8.8.8", "103.10.0.1", "2001:4860:4860::8888", "64:ff9b::8.8.8.8"])
def test_public_addresses_are_public(address: str) -> None:
    """The guard lets the open internet through, by NAT64 too."""
    assert is_public(address)


def test_every_address_of_a_name_is_checked(site: Site) -> None:
    """A name with one public and one private address is refused: which one is connected to is not left to chance."""
    names = Names(kabar=["8.8.8.8", "2001:4860:4860::8888", "127.0.0.1"])
    with pytest.raises(FetchRefused, match=r"127\.0\.0\.1"):
        fetch(site.url(host="kabar.example"), outside=make_outside(names=names), allow_private=False)
    assert site.requests == []


def test_name_is_looked_up_once(site: Site) -> None:
    """The connection goes to the address that was checked (the system knows no such name), the host hears its name."""
    site.put("/", Answer(PAGE))
    names = Names()
    assert fetch(site.url(host="kabar.example"), outside=make_outside(names=names)).content == PAGE.encode()
    assert names.asked == ["kabar.example"]
    assert site.requests[0].headers["Host"] == f"kabar.example:{site.port}"


def test_name_beyond_ascii(site: Site) -> None:
    """A name is looked up, and told to the host, as the network writes it."""
    site.put("/", Answer(PAGE))
    names = Names()
    assert fetch(site.url(host="kafé.example"), outside=make_outside(names=names)).status == 200
    assert names.asked == ["xn--kaf-dma.example"]
    assert site.requests[0].headers["Host"] == f"xn--kaf-dma.example:{site.port}"


def test_next_address_is_tried(site: Site) -> None:
    """Where one of a host's addresses is dead, the next one serves."""
    site.put("/", Answer(PAGE))
    names = Names(kabar=["127.0.0.9", "127.0.0.1"])
    assert fetch(site.url(host="kabar.example"), outside=make_outside(names=names)).status == 200


def test_each_redirect_is_guarded(site: Site) -> None:
    """A host that may be private cannot lead to another private one, nor to another port, only to itself."""
    with serving() as other:
        site.put("/out", redirect(site.url("/secret", host="localhost")))
        site.put("/cloud", redirect("http://169.254.169.254/latest/meta-data/"))
        site.put("/port", redirect(other.url("/secret")))
        site.put("/here", redirect("/there"))
        site.put("/there", Answer(PAGE))
        for path in ("/out", "/cloud", "/port"):
            with pytest.raises(FetchRefused, match="not public"):
                fetch(site.url(path))
        assert fetch(site.url("/here")).final_url == site.url("/there")
        assert other.requests == []
    assert site.paths == ["/out", "/cloud", "/port", "/here", "/there"]


def test_robots_txt_is_guarded(site: Site) -> None:
    """A robots.txt cannot lead into our network either."""
    site.put("/robots.txt", redirect(site.url("/secret", host="localhost")))
    with pytest.raises(FetchRefused, match="not public"):
        fetch(site.url(), manners=Manners(delay_s=0))
    assert [asked.path for asked in site.requests] == ["/robots.txt"]


def test_proxies_are_ignored(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the environment is not used: it would connect where the guard does not look."""
    site.put("/", Answer(PAGE))
    with serving() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url())
        assert fetch(site.url()).status == 200
        assert proxy.requests == []


def test_ipv6() -> None:
    """A host may be given by its IPv6 address."""
    try:
        with serving(host="::1") as six:
            six.put("/", Answer(PAGE))
            assert fetch(six.url(host="[::1]")).status == 200
            assert six.requests[0].headers["Host"] == f"[::1]:{six.port}"
    except OSError:
        pytest.skip("no IPv6 here")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Return a file with key and certificate of kabar.example, signed by itself."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl here")
    path = tmp_path / "kabar.pem"
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=kabar.example"
    )
    options = [
        "-addext",
        "subjectAltName=DNS:kabar.example",
        "-keyout",
        str(path),
        "-out",
        str(path) + ".crt",
    ]
    subprocess.run([*command.split(), *options], check=True, capture_output=True)
    with path.open("a") as file:
        file.write(Path(f"{path}.crt").read_text())
    return path


def test_certificates_are_checked_by_name(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A certificate must be trusted and be the named host's, although the connection goes to an address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(tls=context) as site:
        site.put("/", Answer(PAGE))
        with pytest.raises(FetchFailed, match="safely"):
            fetch(site.url(host="kabar.example"))
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert fetch(site.url(host="kabar.example")).content == PAGE.encode()
        for other in ("warta.example", "127.0.0.1"):
            with pytest.raises(FetchFailed, match="safely"):
                fetch(site.url(host=other))
    assert len(site.requests) == 1
