"""What happened to a cross-post, what was said of it, and what changed in its words, as one story."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from relay.core.crosspost import Draft
from relay.storage.journal import Line
from relay.storage.remarks import Remark
from relay.web.differing import Change, changes, shortened

_REMARK = re.compile(r"comment (\d+): .*", re.DOTALL)
_STRUCK = re.compile(r"comment (\d+) struck out")
"""The remark itself says so where it stands."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the history, the ``remark`` that it tells of, and how it changed the words, if it did."""

    line: Line
    remark: Remark | None = None
    words: tuple[Change, ...] = ()
    has_picture: bool = False
    """Whether the picture, or what is said of it, changed too."""


@dataclass(frozen=True, slots=True)
class Since:
    """What changed in the words since a member's last yes, which was for ``revision``."""

    revision: int
    words: tuple[Change, ...]
    has_picture: bool


def timeline(lines: Sequence[Line], said: Sequence[Remark], words: Mapping[int, Draft]) -> tuple[Moment, ...]:
    """The history, oldest first, with remarks in their places; ``words`` by revision, as far as they are known."""
    return tuple(_moments(lines, {one.id: one for one in said}, words))


def _moments(lines: Sequence[Line], said: Mapping[int, Remark], words: Mapping[int, Draft]) -> Iterator[Moment]:
    last: int | None = None
    for line in (line for line in lines if not _STRUCK.fullmatch(line.what)):
        told = _REMARK.fullmatch(line.what)
        before, after = (words.get(number) for number in (last or line.revision, line.revision))
        differs = before is not None and after is not None and before != after
        yield Moment(
            line,
            said.get(int(told[1])) if told else None,
            shortened(changes(before.text, after.text))
            if differs and before and after and before.text != after.text
            else (),
            has_picture=bool(differs and before and after and before.image != after.image),
        )
        last = line.revision


def since_yes(lines: Sequence[Line], who: str, words: Mapping[int, Draft], revision: int) -> Since | None:
    """What is new to ``who`` since the last yes; ``None`` where there was none, or nothing changed."""
    said = [line.revision for line in lines if line.who == who and line.what == "approved"]
    before, after = words.get(said[-1]) if said else None, words.get(revision)
    if before is None or after is None or before == after:
        return None
    return Since(said[-1], shortened(changes(before.text, after.text)), before.image != after.image)
