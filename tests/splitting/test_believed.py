"""What relay knows of an entry is relay's own to say: a process that reads documents is not believed about it."""

from typing import cast

import pytest

from relay.core.document import ParsedEntry, ParsedFeed
from relay.core.sketch import Mark, Sketch
from relay.intake.caged.cage import Cage
from relay.intake.caged.reading import caged

MARK = Mark(b"0" * 16, 1)
PLAIN = ParsedEntry("1", None, "Un titre")


class Telling:
    def __init__(self, entry: ParsedEntry) -> None:
        self.entry = entry

    def ask(self, *asked: object) -> ParsedFeed:  # noqa: ARG002  # as a cage has it
        return ParsedFeed("rss20", entries=(PLAIN, self.entry))


@pytest.mark.parametrize(
    "entry",
    [
        ParsedEntry("2", None, None, mark=MARK),
        ParsedEntry("2", None, None, sketch=Sketch(MARK, 1, b"0" * 32, (), None, None)),
    ],
)
def test_it_marks_and_sketches_nothing(entry: ParsedEntry) -> None:
    found = caged(cast("Cage", Telling(entry))).feed(b"", "", None)
    assert found.error == "This document ended the process that read it (it spoke nonsense)."
    assert not found.entries


def test_plain_entries_are_taken() -> None:
    assert caged(cast("Cage", Telling(PLAIN))).feed(b"", "", None).entries == (PLAIN, PLAIN)
