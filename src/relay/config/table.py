"""A table of the file while it is read: each value is asked for by its key, and what is wrong is kept for the end."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeVar

from relay.config.toml.positions import KeyPath
from relay.config.wording.message import Trouble, is_warning

T = TypeVar("T")

_ALIKE = 0.55
_FULL = 300
"""Names that are all looked at for a near one; of more, only those that begin alike."""
MOST = 100
"""Errors of one file; a file of a megabyte can have a hundred thousand, each with its nearest name to look for."""


class Enough(Exception):
    """There are so many errors that nothing more is looked at: the configuration is none in any case."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a value cannot be used: a code of the messages and its words; ``inside`` is the wrong part of the text."""

    code: str
    words: Mapping[str, str] = field(default_factory=dict)
    inside: tuple[int, int] | None = None


Read = Callable[[str], T | Fault]
"""How a text becomes a value."""


@dataclass(frozen=True, slots=True)
class Table:
    """The values under ``path``. Whatever is wrong joins ``troubles``, and the default is returned instead.

    ``asked`` are the keys that were asked for, each with its default.
    """

    values: Mapping[str, object]
    path: KeyPath
    troubles: list[Trouble]
    asked: dict[KeyPath, object] = field(default_factory=dict)

    def only(self, *known: str) -> None:
        """Report every key that is not among ``known``."""
        for key in self.values:
            if key not in known:
                self.report((key,), unknown(key, known, "R010", "name"), at_key=True)

    def one(self, key: str, read: Read[T], default: T) -> T:
        """A text, read; ``default`` where it is absent."""
        self._ask(key, default)
        return self._read((key,), self.values[key], read, default) if key in self.values else default

    def need(self, key: str, read: Read[T], default: T) -> T:
        """A text that must be there."""
        if key not in self.values:
            self.report((), Fault("R011", {"name": key}), at_key=True)
        return self.one(key, read, default)

    def maybe(self, key: str, read: Read[T]) -> T | None:
        """A text, read; ``None`` where it is absent."""
        self._ask(key, None)
        return self._read((key,), self.values[key], read, None) if key in self.values else None

    def many(self, key: str, read: Read[T], default: tuple[T, ...] = ()) -> tuple[T, ...]:
        """A list of texts, or a single one."""
        self._ask(key, default)
        value = self.values.get(key)
        if value is None:
            return default
        if isinstance(value, str):
            return tuple(self._items(((key,), value), read=read))
        if isinstance(value, list):
            return tuple(self._items(*(((key, index), item) for index, item in enumerate(value)), read=read))
        self.report((key,), Fault("R013/list"))
        return default

    def some(self, key: str, read: Read[T], default: tuple[T, ...] = ()) -> tuple[T, ...]:
        """A list of texts that is not empty, or a single one."""
        if self.values.get(key) == []:
            self.report((key,), Fault("R038"))
        return self.many(key, read, default)

    def whole(self, key: str, default: T, low: int, high: int) -> int | T:
        """A whole number from ``low`` to ``high``."""
        self._ask(key, default)
        value = self.values.get(key)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool):
            self.report((key,), Fault("R013/number"))
        elif not low <= value <= high:
            self.report((key,), Fault("R019", {"value": str(value), "low": str(low), "high": str(high)}))
        else:
            return value
        return default

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        self._ask(key, default)
        value = self.values.get(key, default)
        if isinstance(value, bool):
            return value
        self.report((key,), Fault("R013/boolean"))
        return default

    def table(self, key: str) -> "Table":
        """The table under a key, empty where it is absent."""
        value = self.values.get(key, {})
        if isinstance(value, dict):
            return Table(value, (*self.path, key), self.troubles, self.asked)
        self.report((key,), Fault("R013/table"))
        return Table({}, (*self.path, key), self.troubles, self.asked)

    def tables(self) -> Iterator[tuple[str, "Table"]]:
        """Every table in this one, beside its name; whatever else there is, is reported."""
        for key, value in self.values.items():
            if isinstance(value, dict):
                yield key, self.table(key)
            else:
                self.report((key,), Fault("R013/table"))

    def array(self, key: str) -> Iterator["Table"]:
        """The tables of an array of tables, in their order."""
        value = self.values.get(key, [])
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return (
                Table(item, (*self.path, key, index), self.troubles, self.asked) for index, item in enumerate(value)
            )
        self.report((key,), Fault("R013/tables"))
        return iter(())

    def report(self, at: KeyPath, fault: Fault, *, at_key: bool = False) -> None:
        """Keep a fault of what is ``at`` this place in the table; ``Enough`` where that makes ``MOST`` errors."""
        self.troubles.append(Trouble(fault.code, (*self.path, *at), fault.words, fault.inside, at_key))
        if not is_warning(fault.code) and sum(not is_warning(one.code) for one in self.troubles) >= MOST:
            raise Enough

    def _ask(self, key: str, default: object) -> None:
        self.asked.setdefault((*self.path, key), default)

    def _read(self, at: KeyPath, value: object, read: Callable[[str], T | Fault], default: T) -> T:
        found = read(value) if isinstance(value, str) else Fault("R013/text")
        if isinstance(found, Fault):
            self.report(at, found)
            return default
        return found

    def _items(self, *items: tuple[KeyPath, object], read: Read[T]) -> Iterator[T]:
        for at, value in items:
            found = read(value) if isinstance(value, str) else Fault("R013/text")
            if isinstance(found, Fault):
                self.report(at, found)
            else:
                yield found


def unknown(value: str, known: Collection[str], code: str, word: str = "value") -> Fault:
    """A name that is not among ``known``, with the nearest one as a suggestion."""
    small, names = value.lower()[:_FULL], sorted(known)
    likely = names if len(names) <= _FULL else [name for name in names if name[:2] == small[:2]][:_FULL]
    near = get_close_matches(small, likely, n=1, cutoff=_ALIKE)
    return Fault(code, {word: value, "known": ", ".join(names), "guess": "".join(near)})
