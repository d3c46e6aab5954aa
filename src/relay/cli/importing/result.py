"""What came of an import."""

from dataclasses import dataclass

from relay.cli.importing.plan import Plan
from relay.intake.importing.imported import Imported


@dataclass(frozen=True, slots=True)
class Result:
    """``difference`` is between the file and what it becomes. ``remembered`` are names of entries that are new.

    ``waiting`` are cross-posts of what the tool has posted that wait for an editor already.
    """

    tool: str
    imported: Imported
    plan: Plan
    difference: str
    is_written: bool
    remembered: int = 0
    waiting: tuple[int, ...] = ()
