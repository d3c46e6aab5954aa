"""Real French feeds, where they stand beside the project: no sentence broken, no list lost, no boilerplate left."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import pytest

from relay.core.document import ParsedEntry
from relay.core.excerpt.article import article, one_line
from relay.core.excerpt.excerpt import Excerpt, Lengths, excerpt
from relay.core.typography.typeset import typeset
from relay.intake.parse import parse

CORPORA = Path(__file__).resolve().parents[2].parent / "shared" / "corpora"
END = re.compile(r"(?:[.!?…][\u00a0\u202f ]?[»”\"’)\]]*|[»”)])$")
PHRASES = re.compile(
    r"est apparue? en premier sur|appeared first on|^à? ?lire (?:aussi|également)\W|^lire la suite|^read more|\[(?:…|\.\.\.)\]$"
    r"|^partager (?:sur|cet)|^temps de lecture|^abonnez-vous",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Read:
    """An entry of a real feed and what was made of it."""

    file: str
    entry: ParsedEntry
    made: Excerpt

    @property
    def texts(self) -> list[str]:
        """The paragraphs that a reader sees, the lead first."""
        return [self.made.lead, *(block.text for block in self.made.body)]


@lru_cache(maxsize=1)
def read() -> tuple[Read, ...]:
    if not CORPORA.is_dir():
        pytest.skip(f"no corpora here: {CORPORA} is missing")
    return tuple(_read())


def _read() -> Iterator[Read]:
    files = [
        *CORPORA.glob("french/*/*.xml"),
        *CORPORA.glob("french-press/presse/*.xml"),
        *CORPORA.glob("realworld/*.xml"),
    ]
    for file in sorted(files):
        feed = parse(file.read_bytes(), "https://exemple.fr/", None)
        is_french = "french" in str(file) or (feed.language or "").startswith("fr")
        for entry in feed.entries[: 20 if is_french else 0]:
            yield Read(file.name, entry, excerpt(entry, "fr"))


def source_ends(entry: ParsedEntry) -> set[str]:
    """How the source's own paragraphs end: what it wrote without a full stop is not broken by relay."""
    return {typeset(one_line(block.text), "fr")[-12:] for block in article(entry)}


def test_there_are_thirty_feeds_and_more() -> None:
    assert len({one.file for one in read()}) >= 30
    assert len(read()) >= 500


def test_no_sentence_is_broken() -> None:
    broken = []
    for one in read():
        last = [one_line(block.text) for block in one.made.body[-1:] if block.tag == "p"]
        ends = [text for text in (one.made.lead, *last) if text and not END.search(text)]
        broken += [(one.file, text[-60:]) for text in ends if text[-12:] not in source_ends(one.entry)]
    assert broken == []


def test_no_list_is_lost() -> None:
    for one in read():
        said = article(one.entry)
        if sum(len(block.text) for block in said) < Lengths().body:
            items = sum(block.html.count("<li") for block in said)
            assert sum(block.html.count("<li") for block in one.made.body) == items, one.entry.title


def test_no_list_that_was_typed_stays_text() -> None:
    typed = re.compile(r"<br>\s*[-–•]\s.*<br>\s*[-–•]\s")
    assert [one.entry.title for one in read() for block in one.made.body if typed.search(block.html)] == []


def test_no_boilerplate_is_left() -> None:
    assert [(one.file, text[:80]) for one in read() for text in one.texts if PHRASES.search(text)] == []


def test_quotations_that_close_in_the_source_close_in_the_post() -> None:
    for one in read():
        whole = " ".join(block.text for block in article(one.entry))
        if whole.count("«") == whole.count("»"):
            text = " ".join(one.texts)
            assert text.count("«") == text.count("»"), text


def test_what_is_printed_is_typeset() -> None:
    for one in read():
        markup = "\n".join(block.html for block in one.made.body)
        assert (typeset(one.made.lead, "fr"), typeset(markup, "fr")) == (one.made.lead, markup)


def test_an_excerpt_of_the_excerpt_is_the_same() -> None:
    changed = []
    for one in read():
        lead = f"<p>{one.made.lead.replace('&', '&amp;').replace('<', '&lt;')}</p>" if one.made.lead else ""
        again = replace(one.entry, summary=None, article_html=lead + "\n".join(block.html for block in one.made.body))
        if excerpt(again, "fr") != one.made:
            changed.append((one.file, one.entry.title))
    assert changed == []
