"""The feeds of feed2toot: the lines that name them, and its filters, as sources of relay."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from relay.intake.importing import rules
from relay.intake.importing.imported import File, Found, Left
from relay.intake.importing.ini import Section
from relay.intake.reading.decoding import decode

_FIELDS = {
    "title": "title",
    "title_detail": "title",
    "summary": "summary",
    "summary_detail": "summary",
    "link": "url",
    "tags": "category",
    "author": "author",
    "author_detail": "author",
}
"""What its patterns look into, as relay's filters call it."""
_NAMED = re.compile(r"(.*) <(.*)>")
LONGEST = 4000
"""Characters of a line."""
_YES = frozenset({"1", "yes", "true", "on"})


@dataclass(frozen=True, slots=True)
class Patterns:
    """Its filters for all feeds, and whether they leave alone the feeds that have none of their own."""

    rules: tuple[str, ...]
    spare_others: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A feed as it is written: in which file and line."""

    file: str
    number: int | None
    text: str


def patterns(file: File, rss: Section) -> tuple[Patterns, tuple[Left, ...]]:
    """What it looks for in every feed, and what relay cannot look for."""
    made: list[str] = []
    left: list[Left] = []
    for key in rss.values:
        if not key.endswith("_pattern") or key.startswith("no_uri"):
            continue
        field = _FIELDS.get(key.removesuffix("_pattern"))
        if field is None:
            left.append(Left(file.name, rss.line(key), f"{key} looks into what relay's filters do not know: left out"))
            continue
        cased = rss.get(f"{key}_case_sensitive").lower() in _YES
        made += [rules.says(field, word, cased=cased) for word in rss.get(key).split(",") if word]
    spare = rss.get("no_uri_pattern_no_global_pattern").lower() in _YES
    return Patterns(tuple(made), spare), tuple(left)


def one(file: File, rss: Section) -> Iterator[Line]:
    """The feed that stands in the configuration itself, where there is one."""
    if uri := rss.get("uri"):
        yield Line(file.name, rss.line("uri"), uri)


def lines(file: File) -> Iterator[Line]:
    """The feeds of a list."""
    for number, line in enumerate(decode(file.body, None).text.splitlines(), start=1):
        if line.strip():
            yield Line(file.name, number, line.strip())


def source(line: Line, everywhere: Patterns, left: list[Left]) -> Found | None:
    """``Name <address|field|words,words>``: the name and the two parts behind the address may be missing."""
    named = _NAMED.match(line.text[:LONGEST])
    title, rest = (named[1].strip(), named[2]) if named else (None, line.text)
    url, *filtered = rest.split("|")
    if not url.startswith(("http://", "https://")):
        left.append(Left(line.file, line.number, f"“{url[:80]}” is no address of a feed"))
        return None
    if len(filtered) not in {0, 2}:
        left.append(Left(line.file, line.number, "after the address come a field and its words, between | and |"))
        return Found(url, title, everywhere.rules)
    field = _FIELDS.get(filtered[0]) if filtered else None
    if filtered and field is None:
        left.append(
            Left(line.file, line.number, f"“{filtered[0][:80]}” is nothing that relay's filters know: left out")
        )
    own = tuple(rules.says(field, word) for word in filtered[1].split(",") if word) if field else ()
    return Found(url, title, (*own, *(() if everywhere.spare_others and not own else everywhere.rules)))
