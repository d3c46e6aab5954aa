"""The last part of a page's address, made of the post and its keys: readable, and no other post's."""

import re
from urllib.parse import urlsplit

from relay.core.crosspost import Draft, Keys
from relay.networks.writing.tid import mint

_WORD = re.compile(r"[a-z0-9]+")
_LONGEST = 80


def slug(draft: Draft, keys: Keys) -> str:
    """Lower-case ASCII, which servers leave as it is: what the blog calls the post, then 13 characters of the keys."""
    last = urlsplit(draft.link).path.rstrip("/").rpartition("/")[2].lower().partition(".")[0]
    readable = "-".join(_WORD.findall(last))[:_LONGEST].rstrip("-")
    return f"{readable}-{mint(keys)}" if readable else mint(keys)
