"""Which ways in the sign-in page offers."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from relay.web.office import Office


def offered(office: Office) -> dict[str, Any]:
    """What the page of sign-in is made of, before anything was tried on it."""
    provider = office.sign_in.provider
    return {
        "by_letter": office.post_letter is not None,
        "by_password": office.sign_in.passwords,
        "by_provider": provider.name if provider else "",
        "by_passkey": has_passkeys(office),
        "wrong": "",
        "asked_for": False,
        "typed": "",
    }


def has_passkeys(office: Office) -> bool:
    """Whether passkeys can be for this address: for a name, over HTTPS or on one's own machine (Web Authentication)."""
    return _is_name(host(office)) and (office.is_https or host(office) == "localhost")


def host(office: Office) -> str:
    """The name that passkeys are for: that of the public address."""
    return urlsplit(office.public_url).hostname or ""


def origin(office: Office) -> str:
    """Where the pages are, as browsers say it (RFC 6454)."""
    parts = urlsplit(office.public_url)
    return f"{parts.scheme}://{parts.netloc}"


def _is_name(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return bool(host)
    return False
