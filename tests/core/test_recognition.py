"""Whatever a document looks like: what was read once is known when it is read again."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from relay.core.document import ParsedEntry
from relay.core.entry import Identity, KnownEntry
from relay.core.identity.changes import Change, decide
from relay.core.identity.recognition import sought
from tests.core.things import DAY, NOW, SOURCE

ENTRIES = st.builds(
    ParsedEntry,
    id=st.sampled_from([None, "7", "urn:1", "urn:2", "https://a.fr/", "http://a.fr/1"]),
    url=st.sampled_from([None, "https://a.fr/", "https://a.fr/1", "https://a.fr/2", "https://www.a.fr/1/"]),
    title=st.sampled_from([None, "Avis", "Budget voté", "Jardins partagés", "Le budget est voté"]),
    summary=st.sampled_from([None, "Un", "Deux"]),
    published=st.sampled_from([None, NOW - DAY, NOW]),
)


@dataclass
class Shelf:
    """What storage does with changes, in memory: a name belongs to the first entry that had it, for ever."""

    owners: dict[Identity, int] = field(default_factory=dict)
    entries: dict[int, KnownEntry] = field(default_factory=dict)

    def read(self, parsed: Sequence[ParsedEntry]) -> list[str]:
        ids = {self.owners[name] for name in sought(parsed) if name in self.owners}
        changes = decide(parsed, [self.entries[id] for id in sorted(ids)], SOURCE, is_first=False)
        for change in changes:
            self.put(change)
        return [change.kind for change in changes]

    def put(self, change: Change) -> None:
        id = change.known_id or len(self.entries) + 1
        for name in change.identities:
            self.owners.setdefault(name, id)
        known = KnownEntry(id, frozenset(), change.fingerprint, change.entry.title, change.entry.published or NOW)
        if change.kind in {"same", "frozen"}:
            known = self.entries[id]
        own = frozenset(name for name, owner in self.owners.items() if owner == id)
        self.entries[id] = replace(known, identities=own)


@given(st.lists(ENTRIES, max_size=5))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_a_document_that_is_read_again_brings_nothing(parsed: list[ParsedEntry]) -> None:
    shelf = Shelf()
    shelf.read(parsed)
    assert set(shelf.read(parsed)) <= {"same"}


@given(st.lists(ENTRIES, max_size=4), st.lists(ENTRIES, max_size=4))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_nothing_is_new_twice_in_a_row(before: list[ParsedEntry], parsed: list[ParsedEntry]) -> None:
    shelf = Shelf()
    shelf.read(before)
    shelf.read(parsed)
    assert "new" not in shelf.read(parsed)


@given(st.lists(ENTRIES, max_size=3), st.lists(ENTRIES, max_size=3))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_documents_that_alternate_bring_nothing_the_second_time(
    one: list[ParsedEntry], other: list[ParsedEntry]
) -> None:
    shelf = Shelf()
    for parsed in (one, other, one, other):
        shelf.read(parsed)
    assert "new" not in [*shelf.read(one), *shelf.read(other)]
