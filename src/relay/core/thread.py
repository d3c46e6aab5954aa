"""A thread: one text that leaves as several posts, each the answer to the one before it."""

import re
from dataclasses import replace
from datetime import timedelta

from relay.core.crosspost import Draft, Keys

_SEPARATOR = re.compile(r"^[ \t]*-{3}[ \t]*$", re.MULTILINE)
"""A line of three hyphens, as people who write in Markdown part a text."""


def parts(text: str) -> tuple[str, ...]:
    """The texts of the posts; what has no words between two lines of ``---`` is no post."""
    pieces = _SEPARATOR.split(text)
    found = tuple(part for part in (piece.strip() for piece in pieces) if part)
    return found if found and len(pieces) > 1 else (text,)


def drafts(draft: Draft, *, threads: bool) -> tuple[Draft, ...]:
    """What is sent, one after the other; card and picture go with the first. One, where the network has no threads."""
    texts = parts(draft.text) if threads else (draft.text,)
    bare = replace(draft, link="", title="", description="", image=None)
    return (replace(draft, text=texts[0]), *(replace(bare, text=text) for text in texts[1:]))


def keys_of(keys: Keys, number: int) -> Keys:
    """The keys of the post with this number, from 0: made out of those of the approval, so that they stay the same."""
    return Keys(keys.created_at + timedelta(milliseconds=number), keys.nonce + number)


def with_post(shown: Draft, new: Draft, number: int, posts: int) -> Draft:
    """What is shown once the post with this number, of so many, is that of ``new``."""
    if posts == 1:
        return new
    before, after = parts(shown.text), parts(new.text)
    text = "\n---\n".join((*before[:number], *after[number : number + 1], *before[number + 1 :]))
    return replace(shown if number else new, text=text)


def keeps(before: str, after: str, number: int) -> bool:
    """Whether the first ``number`` posts are the same in both texts: those are public."""
    return parts(before)[:number] == parts(after)[:number]
