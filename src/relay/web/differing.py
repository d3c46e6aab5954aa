"""What changes between the words that are public and those that are proposed, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Literal

Kind = Literal["same", "gone", "new"]

_WORD = re.compile(r"\s*\S+|\s+")
"""A word with the space before it: two texts that share only their spaces share nothing."""
_MOST = 300_000
"""Pairs of words that are compared: beyond it, everything between what is the same at both ends is another text."""


AROUND = 12
"""Words that are left around a change."""
LEFT_OUT = "[…]"


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words that both texts have, only the first, or only the second."""

    kind: Kind
    text: str

    @property
    def words(self) -> str:
        """What of it is marked: without the space before it."""
        return self.text.lstrip()

    @property
    def space(self) -> str:
        """The space before it."""
        return self.text[: len(self.text) - len(self.words)]


def changes(before: str, after: str) -> tuple[Change, ...]:
    """From ``before`` to ``after``: all but the new make the first text, all but the gone the second."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    head = _same(old, new)
    tail = _same(old[head:][::-1], new[head:][::-1])
    found = (
        ("same", old[:head]),
        *_between(old[head : len(old) - tail], new[head : len(new) - tail]),
        ("same", old[len(old) - tail :]),
    )
    return tuple(Change(kind, "".join(words)) for kind, words in found if words)


def shortened(found: Sequence[Change]) -> tuple[Change, ...]:
    """Without most of what is the same: some words before and after each change, and a sign for what is left out."""
    last = len(found) - 1
    return tuple(_shortened(one, at == 0, at == last) for at, one in enumerate(found))


def _shortened(one: Change, is_first: bool, is_last: bool) -> Change:  # noqa: FBT001  # its place, and nothing else
    words = _WORD.findall(one.text)
    if one.kind != "same" or len(words) <= 2 * AROUND + 2:
        return one
    before = "" if is_first else "".join(words[:AROUND])
    after = "" if is_last else "".join(words[-AROUND:])
    return Change("same", f"{before} {LEFT_OUT}{after}" if before else f"{LEFT_OUT}{after}")


def _same(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words are the same from the beginning on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _between(old: list[str], new: list[str]) -> Iterator[tuple[Kind, list[str]]]:
    if len(old) * len(new) > _MOST:
        yield from (("gone", old), ("new", new))
        return
    for tag, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "same", old[start:end]
        else:
            yield from (("gone", old[start:end]), ("new", new[begin:stop]))
