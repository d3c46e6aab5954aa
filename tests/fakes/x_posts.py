"""A post of X: as it is kept, as it is asked for, and as the API shows it."""

import html
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Posted:
    """A post that is really there, in the words in which it was sent."""

    id: str
    text: str
    created_at: datetime
    media: tuple[str, ...] = ()
    answers: str = ""
    """The number of the post that it answers."""
    earlier: tuple[str, ...] = ()
    """The numbers that it had before it was edited."""


def media_of(wanted: dict[str, Any]) -> tuple[str, ...]:
    """The pictures that a post shall have."""
    return tuple(wanted.get("media", {}).get("media_ids", ()))


def edited_of(wanted: dict[str, Any]) -> str:
    """The post in whose place it shall stand."""
    found: str = wanted.get("edit_options", {}).get("previous_post_id", "")
    return found


def answered_of(wanted: dict[str, Any]) -> str:
    """The post that it answers."""
    found: str = wanted.get("reply", {}).get("in_reply_to_tweet_id", "")
    return found


def shown(post: Posted) -> dict[str, Any]:
    """As the API shows it: links by X's short ones, three signs as HTML has them, and a link to each picture."""
    text, urls = post.text, []
    for number, link in enumerate(dict.fromkeys(re.findall(r"https?://[^\s«»]+|\b[a-z.]+\.gouv\.fr/\w+", text))):
        short = f"https://t.co/{post.id[-4:]}{number}"
        text = text.replace(link, short)
        urls.append({"url": short, "expanded_url": link if "://" in link else f"http://{link}", "display_url": link})
    for name in post.media:
        short = f"https://t.co/{name}pic"
        text += f" {short}"
        page = f"https://x.com/veille/status/{post.id}/photo/1"
        urls.append({"url": short, "expanded_url": page, "media_key": f"3_{name}"})
    created = post.created_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    shown = {"id": post.id, "text": html.escape(text, quote=False), "created_at": created}
    return shown | ({"entities": {"urls": urls}} if urls else {})


def weight(text: str) -> int:
    """How much a text counts, roughly: a link is 23."""
    return len(re.sub(r"https?://\S+", "x" * 23, text))
