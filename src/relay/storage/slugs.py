"""The names of pages, of which no two posts have the same."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, select

from relay.storage.tables.editorial import entries

AT_ONCE = 500
"""Names in one statement."""
_ONE_MORE = 20
"""Numbered names that are asked for together, once a name is taken."""
_TAKEN = select(entries.c.slug).where(entries.c.slug.in_(bindparam("names", expanding=True)))


@dataclass(slots=True)
class Slugs:
    """Names that were ``asked`` for, and which of them are ``taken``, in the database or since; the archive has one."""

    asked: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=lambda: {"index"})
    reached: dict[str, int] = field(default_factory=dict)
    """Up to which number all names of a word are taken."""

    def ask(self, tx: Connection, names: Iterable[str]) -> None:
        """Look which of these are taken."""
        new = [*dict.fromkeys(name for name in names if name not in self.asked)]
        for start in range(0, len(new), AT_ONCE):
            some = new[start : start + AT_ONCE]
            self.taken.update(tx.execute(_TAKEN, {"names": some}).scalars())
        self.asked.update(new)

    def take(self, tx: Connection, wanted: str) -> str:
        """``wanted``, or ``wanted-2``, … where an earlier post, or the archive itself, has that name."""
        number = self.reached.get(wanted, 0) + 1
        while (name := _numbered(wanted, number)) in self._taken(tx, wanted, number):
            number += 1
        self.reached[wanted] = number
        self.taken.add(name)
        return name

    def _taken(self, tx: Connection, wanted: str, number: int) -> set[str]:
        if _numbered(wanted, number) not in self.asked:
            more = 1 if number == 1 else _ONE_MORE
            self.ask(tx, (_numbered(wanted, one) for one in range(number, number + more)))
        return self.taken


def _numbered(slug: str, number: int) -> str:
    return slug if number == 1 else f"{slug}-{number}"
