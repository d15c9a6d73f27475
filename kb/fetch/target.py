"""An address, taken apart once: what is checked is what is connected to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from kb.errors import FetchFailed, FetchRefused

PORTS = {"http": 80, "https": 443}

_CREDENTIALS = re.compile(r"(?<=//)[^/?#]*@")


@dataclass(frozen=True, slots=True)
class Target:
    """A place to ask: `subject` is the address that was asked for first (errors are about it), `url` this one.

    `host` is without brackets, in lower case; `path` is what is asked for there, with its query.
    """

    subject: str
    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Host and port as they are named to the host itself: without the port that goes without saying."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.authority}"

    def lead(self, location: str | None) -> Target:
        """Return where a redirect leads; raise FetchFailed where it leads nowhere, FetchRefused as `parse_target`."""
        if not location:
            raise FetchFailed(self.subject, "is redirected, but not to where")
        try:
            return parse_target(urljoin(self.url, _as_sent(location)), subject=self.subject)
        except ValueError as error:
            raise FetchFailed(self.subject, "is redirected to what is no address") from error


def parse_target(url: str, *, subject: str | None = None) -> Target:
    """Take an address apart; raise FetchRefused for what is not http or https, or has a user or password in it."""
    subject = subject or hide_password(url)
    try:
        parsed = parse_url(url)
    except LocationParseError as error:
        raise FetchRefused(subject, f"is no address ({hide_password(url)})") from error
    if parsed.scheme not in PORTS or not parsed.host:
        raise FetchRefused(
            subject, f"is not fetched by {parsed.scheme or 'no scheme'}; only http and https are"
        )
    if parsed.auth is not None:
        raise FetchRefused(subject, "has a user or password in its address, which kb neither sends nor keeps")
    return Target(
        subject=subject,
        url=parsed._replace(fragment=None).url,
        scheme=parsed.scheme,
        host=parsed.host.strip("[]"),
        port=parsed.port if parsed.port is not None else PORTS[parsed.scheme],
        path=parsed.request_uri,
    )


def hide_password(url: str) -> str:
    """Return the address with any user and password struck out."""
    return _CREDENTIALS.sub("***@", url)


def _as_sent(location: str) -> str:
    """Return a header's UTF-8 as UTF-8: it is read as Latin-1, whatever was sent (RFC 9110, 5.5)."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location
