"""Who asks: each process of relay's has a contact of its own, which its User-Agent names."""

import re

from tests.fakes.wire import Call

_CONTACT = re.compile(r"\(\+http://([a-z]+\d+)\.example")
_NUMBERED = re.compile(r"Dépêche (\d+)")


def contact(process: str) -> str:
    """For its configuration."""
    return f"http://{process}.example/"


def worker_of(call: Call) -> str:
    """The process that sent this; empty where it does not say."""
    found = _CONTACT.search(call.headers.get("user-agent", ""))
    return found[1] if found else ""


def number(text: str) -> int:
    """The number of a post, as readers see it; -1 for what is none of ours."""
    found = _NUMBERED.search(text)
    return int(found[1]) if found else -1
