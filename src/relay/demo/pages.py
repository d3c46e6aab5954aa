"""The demo's templates and the files beside them."""

from datetime import datetime
from email.utils import format_datetime
from importlib.resources import files
from zoneinfo import ZoneInfo

from relay.publish.templates import templates

ZONE = ZoneInfo("Europe/Paris")
"""Where the demo's newsrooms are, and so the time on its pages."""

HTML = "text/html; charset=utf-8"
_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml",
}

TEMPLATES = templates("relay.demo")


def rfc822(moment: datetime) -> str:
    """The date as RSS writes it: "Tue, 24 Nov 2026 10:15:00 +0100"."""
    return format_datetime(moment.astimezone(ZONE))


def rfc3339(moment: datetime) -> str:
    """The date as Atom and HTML write it."""
    return moment.astimezone(ZONE).isoformat(timespec="seconds")


TEMPLATES.filters |= {"rfc822": rfc822, "rfc3339": rfc3339}


def file(folder: str, name: str) -> tuple[bytes, str] | None:
    """The bytes and the type of a file that comes with the demo; ``None`` where there is none of this name."""
    kind = _TYPES.get(name.rpartition(".")[2])
    found = next(
        (each for each in files("relay.demo").joinpath(*folder.split("/")).iterdir() if each.name == name), None
    )
    return (found.read_bytes(), kind) if found and kind else None
