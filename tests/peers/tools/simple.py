"""Two tools of ten lines, the example of how one is put on trial: one notes what it has sent after, one before."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from tests.peers.adapter import Place


@dataclass(frozen=True, slots=True)
class Simple:
    """``notes`` says when it writes down that an entry is sent."""

    notes: Literal["after", "before"]

    @property
    def name(self) -> str:
        return f"note-{self.notes}"

    def version(self) -> str | None:
        return "1"

    def prepare(self, place: Place) -> None:
        """Its first run finds what is old, and sends it."""
        (place.folder / "known").touch()

    def command(self, place: Place, _: datetime) -> Sequence[str]:
        script = Path(__file__).with_name("simple_script.py")
        return [sys.executable, str(script), self.notes, place.feed, place.server, place.token]
