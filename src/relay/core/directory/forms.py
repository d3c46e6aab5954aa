"""What a handle looks like on each network, and how one is read out of what people paste."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+(?::\d{1,5})?"
_LONGEST = 320


@dataclass(frozen=True, slots=True)
class Form:
    """``like`` is an example; ``hosts`` are the sites whose profile addresses hold the handle."""

    pattern: re.Pattern[str]
    like: str
    hosts: frozenset[str] = frozenset()


FORMS = {
    "bluesky": Form(
        re.compile(
            r"@(?=.{1,253}\Z)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+"
            r"[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
        ),
        "@name.bsky.social",
        frozenset({"bsky.app"}),
    ),
    "mastodon": Form(re.compile(rf"@\w(?:[\w.-]*\w)?@{_HOST}", re.ASCII), "@name@social.example"),
    "matrix": Form(re.compile(rf"@[a-z0-9._=/+-]+:{_HOST}"), "@name:matrix.example"),
    "telegram": Form(re.compile(r"@[A-Za-z]\w{3,31}", re.ASCII), "@name", frozenset({"t.me"})),
    "threads": Form(re.compile(r"@[\w.]{1,30}", re.ASCII), "@name", frozenset({"threads.net", "threads.com"})),
    "x": Form(re.compile(r"@\w{1,15}", re.ASCII), "@name", frozenset({"x.com", "twitter.com"})),
}
"""Bluesky: https://atproto.com/specs/handle; Mastodon: https://docs.joinmastodon.org/spec/webfinger/; Matrix:
https://spec.matrix.org/latest/appendices/#user-identifiers. Any other network takes any text of one line."""


def is_handle(text: str, network: str) -> bool:
    """Whether ``text`` can be somebody's handle on a network, with its "@"; Mastodon's needs its server."""
    form = FORMS.get(network)
    return len(text) <= _LONGEST and (form.pattern.fullmatch(text) is not None if form else text.isprintable())


def pasted(text: str, network: str) -> str:
    """The handle that somebody means: an "@" is put before it, and an address of a profile is read.

    What is neither stays as it is, for ``is_handle`` to refuse.
    """
    bare = text.strip()
    form = FORMS.get(network)
    if form is None:
        return bare
    found = _of_address(bare, form) if "://" in bare else f"@{bare.lstrip('@')}"
    return found if form.pattern.fullmatch(found) else bare


def _of_address(address: str, form: Form) -> str:
    """Servers of Mastodon are anybody's, so that their name belongs to the handle."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    host = parts.netloc.lower().removeprefix("www.")
    name = parts.path.strip("/").rpartition("/")[2].lstrip("@")
    if form.hosts:
        return f"@{name}" if host in form.hosts else address
    return f"@{name}" if "@" in name else f"@{name}@{host}"
