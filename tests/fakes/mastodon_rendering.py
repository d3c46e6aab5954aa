"""A status as the servers' API gives it: its fields, and its text as HTML."""

import re
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

OWNER = "109876543210987654"

_MARK = re.compile(r"(?P<link>https?://\S+)|@(?P<user>\w+)(?P<at>@[\w.-]+\w)?|#(?P<tag>\w+)")
_SEEN = 30


@dataclass(frozen=True, slots=True)
class Stored:
    """A status that is really there."""

    id: str
    text: str
    language: str
    visibility: str
    created_at: datetime
    media: tuple[str, ...] = ()
    warning: str = ""
    title: str = ""
    answers: str | None = None
    quotes: str | None = None
    edited: int = 0


def as_json(status: Stored, *, shortens: bool = False) -> dict[str, Any]:
    """The entity Status (docs.joinmastodon.org/entities/Status), as far as anybody here reads it."""
    return {
        "id": status.id,
        "created_at": iso(status.created_at, "milliseconds"),
        "in_reply_to_id": status.answers,
        "reblog": None,
        "visibility": status.visibility,
        "sensitive": bool(status.warning),
        "spoiler_text": status.title or status.warning,
        "language": status.language,
        "uri": f"https://social.example/users/blog/statuses/{status.id}",
        "url": f"https://social.example/@blog/{status.id}",
        "content": as_html(status.text, shortens=shortens),
        "account": {"id": OWNER, "username": "blog", "acct": "blog"},
    }


def as_html(text: str, *, shortens: bool) -> str:
    """Mastodon hides parts of a link without dropping them; others drop them."""
    parts, end = [], 0
    for found in _MARK.finditer(text):
        parts += [escape(text[end : found.start()]), _marked(found, shortens=shortens)]
        end = found.end()
    return f"<p>{''.join([*parts, escape(text[end:])])}</p>".replace("\n\n", "</p><p>").replace("\n", "<br />")


def iso(moment: datetime, precision: str) -> str:
    """A time as they write it."""
    return moment.isoformat(timespec=precision).replace("+00:00", "Z")


def _marked(found: "re.Match[str]", *, shortens: bool) -> str:
    if user := found["user"]:
        name = f'<a href="https://social.example/@{user}" class="u-url mention">@<span>{user}</span></a>'
        return f'<span class="h-card" translate="no">{name}</span>'
    if tag := found["tag"]:
        return f'<a href="https://social.example/tags/{tag.lower()}" class="mention hashtag">#<span>{tag}</span></a>'
    scheme, bare = found["link"].split("://")
    seen, rest = bare[:_SEEN], bare[_SEEN:]
    whole = f'<span class="invisible">{scheme}://</span><span class="ellipsis">{escape(seen)}</span>'
    whole += f'<span class="invisible">{escape(rest)}</span>'
    shown = f"{escape(seen)}{'…' if rest else ''}" if shortens else whole
    return f'<a href="{escape(found["link"])}" target="_blank" rel="nofollow noopener" translate="no">{shown}</a>'
