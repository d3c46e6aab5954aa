"""What is read of another tool's files, in relay's terms, and what has no place in them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from relay.core.identity.posted import Posted


@dataclass(frozen=True, slots=True)
class File:
    """A file as it lies there: ``name`` is how its owner calls it, with its folders."""

    name: str
    body: bytes

    @property
    def base(self) -> str:
        """Its name without folders, whichever way they are written."""
        return self.name.replace("\\", "/").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Found:
    """A feed. ``keep`` and ``drop`` are filters of relay's language; ``every`` is a duration of the configuration."""

    url: str
    title: str | None = None
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    every: str | None = None
    fulltext: bool = False


@dataclass(frozen=True, slots=True)
class Outlet:
    """An account that the tool posted to: keys of ``[accounts.…]`` with their values, none of which is a secret."""

    name: str
    network: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """What went to an outlet: the addresses of feeds, or all where there are none; its text as a template, a filter."""

    outlet: str
    feeds: tuple[str, ...] = ()
    text: str | None = None
    when: str | None = None
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """What could not be brought over, or why a file could not be read: one sentence; ``line`` counts from 1."""

    file: str
    line: int | None
    what: str

    def __str__(self) -> str:
        """As it is said: with its place, where that is known."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what}"


@dataclass(frozen=True, slots=True)
class Imported:
    """All that the files of one tool say."""

    sources: tuple[Found, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    ways: tuple[Way, ...] = ()
    posted: tuple[Posted, ...] = ()
    left: tuple[Left, ...] = ()


Reader = Callable[[Sequence[File]], Imported | Left]
"""How the files of one tool are read, together; ``Left`` says why one of them cannot be."""


def joined(parts: Sequence[Imported]) -> Imported:
    """What several files say, in their order."""
    return Imported(
        sources=tuple(one for part in parts for one in part.sources),
        outlets=tuple(one for part in parts for one in part.outlets),
        ways=tuple(one for part in parts for one in part.ways),
        posted=tuple(one for part in parts for one in part.posted),
        left=tuple(one for part in parts for one in part.left),
    )


def each(files: Sequence[File], read: Callable[[File], Imported | Left]) -> Imported | Left:
    """Every file by itself; the first that cannot be read ends it."""
    parts: list[Imported] = []
    for file in files:
        part = read(file)
        if isinstance(part, Left):
            return part
        parts.append(part)
    return joined(parts)
