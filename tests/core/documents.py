"""Documents and what storage knows of them, for the tests of changes."""

from collections.abc import Sequence
from dataclasses import replace

from relay.core.document import ParsedEntry
from relay.core.entry import KnownEntry, fingerprint, identities
from relay.core.identity.changes import Change, decide
from relay.core.source import Source
from tests.core.things import DAY, ENTRY, NOW, SOURCE


def entry(number: int, **changes: object) -> ParsedEntry:
    one = replace(
        ENTRY,
        id=f"urn:{number}",
        url=f"https://a.fr/{number}",
        title=f"Titre {number}",
        summary=f"Texte {number}",
        published=NOW - number * DAY,
    )
    return replace(one, **changes)  # type: ignore[arg-type]  # by name


def known(*entries: ParsedEntry) -> list[KnownEntry]:
    return [KnownEntry(id, identities(one), fingerprint(one)) for id, one in enumerate(entries, 1)]


def decided(
    parsed: Sequence[ParsedEntry], stored: Sequence[KnownEntry] = (), source: Source = SOURCE, *, is_first: bool = False
) -> tuple[Change, ...]:
    return decide(parsed, stored, source, is_first=is_first)


def kinds(parsed: Sequence[ParsedEntry], stored: Sequence[KnownEntry] = ()) -> list[str]:
    return [change.kind for change in decided(parsed, stored)]
