"""What people have said, kept apart from the code: which words they have approved, and what is owed to them for it."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from relay.core import thread
from relay.core.crosspost import Crosspost, State

UNDO = timedelta(seconds=60)


@dataclass
class Said:
    """``yeses`` by cross-post and revision: the words, and who has said yes to them (``over``: a director for all)."""

    yeses: dict[tuple[int, int], tuple[str, set[str]]] = field(default_factory=dict)
    writers: dict[str, str] = field(default_factory=dict)
    owed: dict[int, str] = field(default_factory=dict)
    """By cross-post, the words of a post that everybody has approved and nobody has taken back."""
    since: dict[str, datetime] = field(default_factory=dict)
    """When the last yes to a text was given."""
    is_stopped: bool = False

    def yes(self, one: Crosspost, done: Crosspost, name: str, now: datetime) -> None:
        """``name`` has said yes to ``one``, which is as ``done`` now."""
        self.yeses.setdefault((one.id, one.revision), (one.draft.text, set()))[1].add(name)
        if done.state in {State.APPROVED, State.UPDATING}:
            self.since.update(dict.fromkeys(thread.parts(one.draft.text), now))
        if done.state is State.APPROVED:
            self.owed[one.id] = one.draft.text
        if done.state is State.UPDATING:
            self.owed.pop(one.id, None)  # it is public already, and other words take its place

    def moved(self, old: Crosspost, done: Crosspost) -> None:
        """Somebody has moved it, or written other words."""
        if done.state not in {State.SCHEDULED, State.SENT}:
            self.owed.pop(done.id, None)
        if done.state in {State.WAITING, State.EDIT_PROPOSED}:
            self.yeses.pop((old.id, done.revision), None)

    def refused(self, texts: set[str]) -> None:
        """Their network does not take them: they are owed no more."""
        self.owed = {id: text for id, text in self.owed.items() if not texts.intersection(thread.parts(text))}

    def why_not(self, text: str, now: datetime) -> str:
        """What is wrong with publishing this now; empty where it is approved by all, and can be undone no more."""
        if self.is_stopped:
            return "everything was stopped"
        if not text:
            return ""
        said = [names for words, names in self.yeses.values() if text in thread.parts(words)]
        if not any({"anne", "didier"} <= names or "over" in names for names in said):
            return "it was never approved"
        return "it could still be undone" if now < self.since[text] + UNDO else ""

    def copied(self) -> "Said":
        """As a copy of the database has it."""
        return deepcopy(self)
