"""Addresses of servers as other tools write them, and nothing in them that lets one in."""

import re
from urllib.parse import urlsplit

_LETS_IN = re.compile(r"(?<=://)[^/?#\s@]*@")


def server(written: str) -> str:
    """With its scheme, and without name, password, query and last slash; empty for what is no address."""
    try:
        parts = urlsplit(written if "://" in written else f"https://{written}")
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return ""
    return f"{parts.scheme}://{host}{parts.path}".rstrip("/") if host else ""


def host(address: str) -> str:
    """The name of the machine, with its port; the whole where it is no address."""
    return address.partition("://")[2].partition("/")[0] or address


def masked(text: str) -> str:
    """Whatever it says, without the names and passwords in its addresses."""
    return _LETS_IN.sub("…@", text)
