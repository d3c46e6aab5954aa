"""How the texts of the file become values: durations, addresses, names, languages."""

import ipaddress
import re
from collections.abc import Collection
from datetime import timedelta
from functools import partial
from pathlib import PurePath
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from relay.config.table import Fault, Read, T, unknown

_DURATION = re.compile(r"(\d{1,6})([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_HOST = re.compile(r"(?=.{1,253}$)(?!-)[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*")
_MAILBOX = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+")
_HASHTAG = re.compile(r"\w+")


def text(value: str) -> str | Fault:
    """Any text with something in it."""
    return value if value.strip() else Fault("R039")


def duration(value: str) -> timedelta | Fault:
    """``60s``, ``30m``, ``4h``, ``7d``."""
    match = _DURATION.fullmatch(value)
    return timedelta(**{_UNITS[match[2]]: int(match[1])}) if match else Fault("R015", {"value": value})


def url(value: str) -> str | Fault:
    """An absolute ``http`` or ``https`` address. With a password it would be published, and shown, with it."""
    try:
        parts = urlsplit(value)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        if good and "@" in parts.netloc:
            return Fault("R020/address")
    except ValueError:
        good = False
    printable = value.isprintable() and " " not in value
    return value if good and printable else Fault("R017", {"value": value})


def name(value: str) -> str | Fault:
    """What can name a source, a feed, an account: it goes into folders and addresses."""
    return value if _NAME.fullmatch(value) else Fault("R035", {"name": value})


def one_of(known: Collection[str], code: str) -> Read[str]:
    """A reader of names that must be among ``known``."""
    return lambda value: value if value in known else unknown(value, known, code)


def choice(*known: T) -> Read[T]:
    """A reader of a value among a few."""
    return partial(_chosen, {str(item): item for item in known})


def _chosen(known: dict[str, T], value: str) -> T | Fault:
    return known[value] if value in known else unknown(value, known, "R014")


def zone(value: str) -> str | Fault:
    """An IANA time zone; ``ZoneInfo`` looks for a file, so whatever the system says means no."""
    try:
        return ZoneInfo(value).key
    except (OSError, ValueError, LookupError):
        return Fault("R052", {"value": value})


def language(value: str) -> str | Fault:
    """A language tag (BCP 47)."""
    return value if _LANGUAGE.fullmatch(value) else Fault("R053", {"value": value})


def hashtag(value: str) -> str | Fault:
    """A hashtag without its sign."""
    return value if _HASHTAG.fullmatch(value) else Fault("R037", {"value": value})


def mailbox(value: str) -> str | Fault:
    """An e-mail address."""
    return value if _MAILBOX.fullmatch(value) else Fault("R063", {"value": value})


def reachable(value: str) -> str | Fault:
    """A host name, an address or a network (CIDR)."""
    return value if is_address(value) or _HOST.fullmatch(value) else Fault("R061", {"value": value})


def network(value: str) -> str | Fault:
    """An address or a network (CIDR), as a network."""
    return str(ipaddress.ip_network(value, strict=False)) if is_address(value) else Fault("R065", {"value": value})


def is_address(value: str) -> bool:
    """Whether this is an IP address or a network."""
    try:
        ipaddress.ip_network(value, strict=False)
    except ValueError:
        return False
    return True


def listening(value: str) -> tuple[str, int] | Fault:
    """``127.0.0.1:8080``, ``[::1]:8080``; port 0 lets the system choose."""
    host, _, port = value.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    is_port = re.fullmatch(r"[0-9]{1,5}", port) and int(port) < 65536
    is_host = "/" not in host and (is_address(host) or _HOST.fullmatch(host))
    return (host, int(port)) if is_host and is_port else Fault("R060", {"value": value})


def database(value: str) -> str | Fault:
    """A path (SQLite) or a ``postgresql://`` address; the password of one does not belong in a file."""
    if "://" not in value:
        is_folder = value.strip() and PurePath(value).name in {"", ".."}
        return Fault("R062", {"value": value}) if is_folder else text(value)
    try:
        parts = urlsplit(value)
        good = parts.scheme == "postgresql"
    except ValueError:
        good = False
    return value if good else Fault("R062", {"value": value})
