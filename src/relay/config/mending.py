"""What a machine can mend in a configuration file: forms of durations, yes and no, misspelled keys. All else stays."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from relay.config.load import Examined, examine
from relay.config.sections.accounts import Means, plain_keys
from relay.config.toml.positions import KeyPath, Span, Spots, spots_of
from relay.config.toml.syntax import Flaw
from relay.config.wording.masking import secrets_near, secrets_of
from relay.config.wording.message import Trouble
from relay.config.wording.snippet import excerpt

MOST = 200
"""Edits of one file that are tried."""
_ALIKE = 0.7
"""A misspelled key is as near as that to one key, and to no other one."""
_BARE_DURATION = re.compile(r"=[ \t]*(?P<value>\d+[smhd])\b")
_BARE_BOOLEAN = re.compile(r"=[ \t]*(?P<value>true|false|yes|no|oui|non)\b", re.IGNORECASE)
_YES = frozenset({"true", "yes", "oui"})
_WORDS = {
    "s": "s|secs?|seconds?|secondes?",
    "m": "m|mins?|minutes?",
    "h": "h|hrs?|hours?|heures?",
    "d": "d|j|days?|jours?",
}
_DURATION = re.compile(
    r"\s*(?:PT(?=\d+[HMS])|P(?=\d+D))?(?P<number>\d{1,5})\s*(?:"
    + "|".join(f"(?P<{unit}>{words})" for unit, words in _WORDS.items())
    + r")\.?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Edit:
    """``new`` in the place of a stretch of one line; lines and columns count from 0."""

    line: int
    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Step:
    """What became of a line, which counts from 1, without the secrets in it."""

    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Mended:
    """The text of the file after ``steps``, in the order in which they were made; no more is wrong than before."""

    text: str
    steps: tuple[Step, ...]


def mend(text: str, means: Means) -> Mended:
    """Mend what can be; ``text`` may have any line ends, and keeps them."""
    steps, refused = list[Step](), set[Edit]()
    before = _examined(text, means)
    for _ in range(MOST):
        edit = next((one for one in _edits(_plain(text), before) if one not in refused), None)
        if edit is None:
            break
        new = _edited(text, edit)
        after = _examined(new, means)
        if _is_worse(before, after):
            refused.add(edit)
            continue
        steps.append(Step(edit.line + 1, _line(text, before, edit, means), _line(new, after, edit, means)))
        text, before = new, after
        refused.clear()
    return Mended(text, tuple(steps))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")


def _examined(text: str, means: Means) -> Examined | Flaw:
    return examine(_plain(text), means)


def _line(text: str, found: Examined | Flaw, edit: Edit, means: Means) -> str:
    """The line of an edit, with its secrets covered."""
    plain = _plain(text)
    start = sum(len(line) + 1 for line in plain.split("\n")[: edit.line])
    hidden = secrets_near(plain, start)
    if isinstance(found, Examined):
        hidden = secrets_of(found.document, plain, spots_of(plain), plain_keys(means.networks))
    return excerpt(plain, hidden, Span(start, start)).snippet.partition("\n")[0]


def _is_worse(before: Examined | Flaw, after: Examined | Flaw) -> bool:
    """A document that can be read is better than one that cannot, whatever is found in it then."""
    if isinstance(before, Flaw):
        return isinstance(after, Flaw) and after.span.start <= before.span.start
    return isinstance(after, Flaw) or after.errors > before.errors


def _edited(text: str, edit: Edit) -> str:
    lines = text.split("\n")
    line = lines[edit.line]
    lines[edit.line] = line[: edit.start] + edit.new + line[edit.end :]
    return "\n".join(lines)


def _edits(text: str, found: Examined | Flaw) -> Iterator[Edit]:
    if isinstance(found, Flaw):
        yield from _of_flaw(text, found)
        return
    spots = spots_of(text)
    for trouble in found.troubles:
        yield from _of_trouble(text, spots, found.document, trouble)


def _of_flaw(text: str, flaw: Flaw) -> Iterator[Edit]:
    """What lacks its quotation marks, or has another language's yes."""
    start = text.rfind("\n", 0, flaw.span.start) + 1
    line = text[start:].partition("\n")[0]
    pattern = {"R001/duration": _BARE_DURATION, "R001/boolean": _BARE_BOOLEAN}.get(flaw.code)
    match = pattern.search(line) if pattern else None
    if match is not None:
        value = match["value"]
        word = "true" if value.lower() in _YES else "false"
        new = f'"{value}"' if flaw.code == "R001/duration" else word
        yield Edit(text.count("\n", 0, start), match.start("value"), match.end("value"), new)


def _of_trouble(text: str, spots: Spots, document: dict[str, Any], trouble: Trouble) -> Iterator[Edit]:
    spot = spots.get(trouble.path)
    if spot is None:
        return
    if trouble.code == "R010" and (name := _meant(document, trouble)):
        yield from _in_line(text, spot.key, name)
    if trouble.code == "R015" and (duration := _duration(trouble.words["value"])):
        yield from _in_line(text, spot.value, f'"{duration}"')


def _in_line(text: str, span: Span, new: str) -> Iterator[Edit]:
    """Nothing that goes over several lines is touched."""
    start = text.rfind("\n", 0, span.start) + 1
    if "\n" not in text[span.start : span.end]:
        yield Edit(text.count("\n", 0, start), span.start - start, span.end - start, new)


def _meant(document: dict[str, Any], trouble: Trouble) -> str | None:
    """The one key that a misspelled one can only be, where that is free; a table may join another."""
    name = str(trouble.path[-1])
    near = get_close_matches(name.lower()[:100], trouble.words["known"].split(", "), n=2, cutoff=_ALIKE)
    if len(near) != 1:
        return None
    around = _table(document, trouble.path[:-1])
    mine, other = around.get(name), around.get(near[0])
    if other is None:
        return near[0]
    is_apart = isinstance(mine, dict) and isinstance(other, dict) and not mine.keys() & other.keys()
    return near[0] if is_apart else None


def _table(document: dict[str, Any], path: KeyPath) -> dict[str, Any]:
    found: Any = document
    for part in path:
        found = found[part]
    return found if isinstance(found, dict) else {}


def _duration(value: str) -> str | None:
    """``30 min`` as relay writes it: 30m."""
    match = _DURATION.fullmatch(value)
    unit = next((unit for unit in _WORDS if match[unit]), None) if match else None
    return f"{int(match['number'])}{unit}" if match and unit else None
