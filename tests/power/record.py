"""What a program asked of the disk, in order, and what it had been promised by then."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Created:
    """A name that was not there names file ``file`` now."""

    name: str
    file: int


@dataclass(frozen=True, slots=True)
class Deleted:
    """A name is gone."""

    name: str


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes of a file, from ``start`` on."""

    file: int
    start: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A file is this long now."""

    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """What was written to the file is on the disk; with its folder, what has which name is so too."""

    file: int
    with_folder: bool


@dataclass(frozen=True, slots=True)
class Committing:
    """A commit is asked for."""


@dataclass(frozen=True, slots=True)
class Committed:
    """The same commit is acknowledged; ``digest`` is of every row of every table then."""

    digest: str


@dataclass(frozen=True, slots=True)
class Left:
    """A request has come to a network, where it is public at ``path`` from here on, if ``does`` is so."""

    crosspost: int
    attempt: int
    path: str
    body: bytes
    does: bool


Event = Created | Deleted | Written | Cut | Synced | Committing | Committed | Left


@dataclass(slots=True)
class Record:
    """All of it. A list's ``append`` is atomic, so that threads need no lock for it."""

    events: list[Event] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    files: int = 0

    def opened(self, name: str) -> int:
        """The number of the file of this name, which is made if there is none."""
        if name not in self.names:
            self.files += 1
            self.names[name] = self.files
            self.events.append(Created(name, self.files))
        return self.names[name]

    def deleted(self, name: str) -> None:
        """The next file of this name will be another."""
        if self.names.pop(name, None) is not None:
            self.events.append(Deleted(name))
