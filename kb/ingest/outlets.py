"""Names of outlets and agencies: one display form for the forms that pages print."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from kb.ingest.addresses import registered_domain
from kb.lexicon import word_list
from kb.names import fold

DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,6}")
"""A host name as printed: ``KOMPAS.com``, ``POS-KUPANG.COM``, ``KONTAN.CO.ID``."""


def choose_outlet(printed: str) -> str | None:
    """Return the outlet that `printed` names: its display form, a domain as printed, or None."""
    name = printed.strip(" .,:;-–—|()")
    return known_outlet(name) or (name if DOMAIN.fullmatch(name) else None)


def known_outlet(name: str) -> str | None:
    """Return the display form of a listed outlet, None for any other name."""
    return _display("outlets").get(fold(name))


def known_agency(name: str) -> str | None:
    """Return the display form of a listed agency or medium, None for any other name."""
    return _display("agencies").get(fold(name))


def outlet_of_url(url: str) -> str | None:
    """Return the outlet of a URL's host: its listed name, or the registered domain."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return None
    labels = host.split(".")
    if not DOMAIN.fullmatch(host):
        return None
    known = (known_outlet(".".join(labels[n:])) for n in range(len(labels) - 1))
    return next(filter(None, known), registered_domain(host))


@cache
def agency_forms() -> tuple[str, ...]:
    """Return all printed forms of listed agencies, longest first."""
    forms = (form.strip() for line in word_list("agencies") for form in line.split("|"))
    return tuple(sorted(forms, key=len, reverse=True))


@cache
def outlet_forms() -> tuple[str, ...]:
    """Return all printed forms of listed outlets, longest first."""
    forms = (form.strip() for line in word_list("outlets") for form in line.split("|"))
    return tuple(sorted(forms, key=len, reverse=True))


@cache
def _display(name: str) -> dict[str, str]:
    lines = ([form.strip() for form in line.split("|")] for line in word_list(name))
    return {fold(form): forms[0] for forms in lines for form in forms}
