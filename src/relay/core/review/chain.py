"""The chain of the audit: every line carries a digest of itself and of the one before it.

A line is written as RFC 8785 (JSON Canonicalization Scheme) writes an object of texts, whole numbers and nulls.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from dataclasses import fields as fields_of
from datetime import UTC, datetime

from relay.core.crosspost import Draft

START = "0" * 64
"""What stands before the first line."""


@dataclass(frozen=True, slots=True)
class Record:
    """One line as it is chained. ``crosspost`` and what follows it say nothing where it is about something else.

    ``from_state`` is ``None`` for a cross-post that has just been queued, ``words`` the digest of its draft.
    """

    line: int
    at: datetime
    who: str
    means: str
    subject: str
    what: str
    crosspost: int | None = None
    from_state: str | None = None
    to_state: str | None = None
    revision: int | None = None
    words: str | None = None


_NAMES = tuple(field.name for field in fields_of(Record))


@dataclass(frozen=True, slots=True)
class Verified:
    """How many lines follow from one another, the digest of the last of them, and what is wrong in a sentence."""

    lines: int
    head: str
    wrong: str = ""


def canonical(value: object) -> str:
    """The JSON text that is digested: keys in order, nothing between the signs, nothing escaped that need not be."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def fields(record: Record, before: str) -> dict[str, object]:
    """What an export says of a line, but for its own digest; moments are in UTC, to the microsecond."""
    moment = f"{record.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    return {**{name: getattr(record, name) for name in _NAMES}, "at": moment, "before": before}


def digest(record: Record, before: str) -> str:
    """The digest of a line (SHA-256, 64 hexadecimal digits), which is what the next one has ``before``."""
    return digest_of(fields(record, before))


def digest_of(line: Mapping[str, object]) -> str:
    """The same, for a line as an export has it, without its ``hash``."""
    return _sha256(canonical(line))


def words(draft: Draft) -> str:
    """What is digested of a draft: its words, its picture, and all that leaves beside them, but for what is empty."""
    return canonical(_said(asdict(draft)))


def words_digest(draft: Draft) -> str:
    """The digest of the words of a draft."""
    return _sha256(words(draft))


def verify(lines: Iterable[Mapping[str, object]], noted: str = "") -> Verified:
    """Read ``lines`` (``fields`` with their ``hash``) until one does not follow from the one before it.

    ``noted`` is a digest that one of them had when somebody looked before. What an export without the first line
    begins after is taken as it says.
    """
    count, before, has_noted = 0, START, noted in {"", START}
    for line in lines:
        if count == 0 and line.get("line") != 1:
            before = str(line.get("before"))
        if wrong := _wrong(line, before):
            return Verified(count, before, wrong)
        count, before = count + 1, str(line["hash"])
        has_noted = has_noted or before == noted
    gone = f"No line has the digest {noted}, which was noted before: lines were cut off, or all were written anew."
    return Verified(count, before, "" if has_noted else gone)


def _wrong(line: Mapping[str, object], before: str) -> str:
    number = line.get("line")
    if line.get("before") != before:
        return f"Line {number} does not follow the one before it: lines were taken out, put in or moved."
    if digest_of({name: value for name, value in line.items() if name != "hash"}) != line.get("hash"):
        return f"Line {number} is not as it was written, or the one before it is not, or is gone."
    return ""


def _said(value: dict[str, object]) -> dict[str, object]:
    """A field that drafts have only since then, and that says nothing, changes no digest of before."""
    told = {name: _said(one) if isinstance(one, dict) else one for name, one in value.items()}
    return {name: one for name, one in told.items() if one not in ("", None)}


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
