"""A post of LinkedIn: as it is kept, as readers see it, and as the API gives it."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Posted:
    """A post that is really there; ``text`` is what readers see, and ``content`` what stands beneath it."""

    urn: str
    author: str
    commentary: str
    created_at: datetime
    content: dict[str, Any] = field(default_factory=dict)
    visibility: str = "PUBLIC"

    @property
    def text(self) -> str:
        return seen(self.commentary)


def seen(commentary: str) -> str:
    """What readers see of "little text": it ends, without a word, before the first sign that means something."""
    tag = r"\{hashtag\|\\?([#＃])\|([^|{}]*)\}"
    who = r"@\[((?:\\[\\|{}@\[\]()<>#*_~]|[^\\|{}@\[\]()<>#*_~])+)\]\(urn:li:organization:\d+\)"
    parts = re.compile(rf"{tag}|{who}|\\([\\|{{}}@\[\]()<>#*_~])|([^\\|{{}}\[\]()<>*~])", re.DOTALL)
    text, place = "", 0
    while found := parts.match(commentary, place):
        sign, word, name, *plain = (part or "" for part in found.groups())
        text, place = text + sign + word + re.sub(r"\\(.)", r"\1", name) + "".join(plain), found.end()
    return text


def listed(post: Posted) -> dict[str, Any]:
    """A post as the API gives it."""
    created = int(post.created_at.timestamp() * 1000)
    own = {"id": post.urn, "author": post.author, "commentary": post.commentary, "content": post.content}
    return own | {"createdAt": created, "publishedAt": created, "lifecycleState": "PUBLISHED"}
