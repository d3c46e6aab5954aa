"""The forms of the directory's pages, read: a body's names, and a handle; what is wrong is said beside its field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from relay.config.sections.handles import acronym, handle
from relay.config.table import Fault, Read
from relay.config.values import text, url
from relay.config.wording.message import worded
from relay.config.wording.snippet import Excerpt
from relay.core.directory.forms import pasted
from relay.core.directory.handles import Body, Directory, Verified
from relay.core.directory.overlay import named_alike
from relay.core.people import Editor
from relay.web.words import speaker

LONGEST = 200
"""Characters of a name."""

Form = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A form while it is read: the first fault of each field, in the reader's language."""

    form: Form
    language: str
    faults: dict[str, str] = field(default_factory=dict)

    def need(self, name: str, read: Read[str]) -> str:
        """A field that must be there; empty where it is wrong."""
        return self._read(name, self.typed(name), read)

    def maybe(self, name: str, read: Read[str]) -> str:
        """A field that may be empty."""
        return self._read(name, self.typed(name), read) if self.typed(name) else ""

    def many(self, name: str, read: Read[str]) -> tuple[str, ...]:
        """What stands on the lines of a field."""
        lines = (" ".join(line.split()) for line in self.form.get(name, "").splitlines())
        return tuple(dict.fromkeys(filter(None, (self._read(name, line, read) for line in lines if line))))

    def typed(self, name: str) -> str:
        """One line, without the spaces around it."""
        return " ".join(self.form.get(name, "").split())

    def wrong(self, name: str, sentence: str) -> None:
        """Say what is wrong with a field, once."""
        self.faults.setdefault(name, sentence)

    def _read(self, name: str, value: str, read: Read[str]) -> str:
        found = read(value)
        if isinstance(found, Fault):
            self.wrong(name, _sentence(found, self.language))
            return ""
        if len(found) > LONGEST:
            self.wrong(name, speaker(self.language)("handles.wrong.long", n=LONGEST))
            return ""
        return found


def body(reading: Reading, directory: Directory, id: str = "") -> Body:
    """The names of a body; none of them may be another's, for then neither would be found by it."""
    named = Body(
        id=id,
        name=reading.need("name", text),
        names=reading.many("names", text),
        acronyms=reading.many("acronyms", acronym),
        site=reading.maybe("site", url) or None,
    )
    for shared, owner in named_alike(named, directory) if named.name else ():
        where = next((key for key in ("acronyms", "names") if shared in getattr(named, key)), "name")
        reading.wrong(where, speaker(reading.language)("handles.wrong.taken", name=shared, owner=owner))
    return named


def handle_on(reading: Reading, networks: Sequence[str]) -> tuple[str, str]:
    """The network and the handle on it, which may be pasted as the address of a profile."""
    where = network(reading, networks)
    return where, reading.need("handle", lambda value: handle(where)(pasted(value, where))) if where else ""


def network(reading: Reading, networks: Sequence[str]) -> str:
    """One of ``networks``; empty where it is none."""
    found = reading.typed("network")
    if found in networks:
        return found
    reading.wrong("network", speaker(reading.language)("handles.wrong.network"))
    return ""


def check(form: Form, editor: Editor, zone: str, now: datetime) -> Verified | None:
    """That the editor made sure, today where the office is; ``None`` where the box is not ticked."""
    today = now.astimezone(ZoneInfo(zone)).date()
    return Verified("by hand", today, editor.name) if "verified" in form else None


def _sentence(fault: Fault, language: str) -> str:
    """The same as `relay check` says, and what to do."""
    said = worded(fault.code, fault.words, language, Excerpt())
    what = f"{said.what[:1].upper()}{said.what[1:]}"
    return f"{what}. {said.hint[:1].upper()}{said.hint[1:]}." if said.hint else f"{what}."
