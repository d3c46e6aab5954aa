"""Real French feeds, where they stand beside the project: no sentence broken, no list lost, no boilerplate left."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, zip_longest
from pathlib import Path

import pytest

from relay.core.document import ParsedEntry
from relay.core.excerpt.article import article
from relay.core.excerpt.excerpt import Excerpt, Lengths, excerpt
from relay.core.excerpt.titles import is_label, is_title, key
from relay.core.language.sentences import is_speaker
from relay.core.markup.html import to_text
from relay.core.typography.typeset import typeset
from relay.intake.parse import parse

CORPORA = Path(__file__).resolve().parents[2].parent / "shared" / "corpora"
END = re.compile(r"(?:[.!?…][\u00a0\u202f ]?[»”\"’)\]]*|[»”)])$")
ADDRESS = re.compile(r"(?:https?://|www\.|[@#])\S+$")
PHRASES = re.compile(
    r"est apparue? en premier sur|appeared first on|^à? ?lire (?:aussi|également)\W|^lire la suite|^read more"
    r"|[\[(](?:…|\.\.\.)[\])](?!\s?\w)|^partager\b.{0,60}$|^(?:tweeter|imprimer|commenter|réagir)\b.{0,40}$|^temps de lecture"
    r"|^abonnez-vous|^inscri(?:vez-vous|ption)|^suivez-nous|^contacts? presse|^à propos de .{0,40}$|^télécharger l"
    r"|^en savoir plus.{0,10}$|^cliquez ici|^(?:article|billet) (?:précédent|suivant|original)|^(?:voir|écouter) la vidéo"
    r"|^crédits? photos?|^©|^source : AFP|^(?:publié|mis à jour) le \d|^par [A-Z]\w+ [A-Z]\w+$|^(?:tags|mots-clés)\W"
    r"|^\d* ?commentaires?$|^.{0,60}réservée? (?:à nos|aux) abonnés.{0,10}$|^il vous reste \d|^sommaire$|^vidéo$|cookies"
    r"|^(?:décryptage|reportage|enquête|entretien|récit|analyse|tribune|chronique|portrait) [–-] |^bonjour à tous",
    re.IGNORECASE,
)
"""What no editor prints: feeds' tails, calls, buttons, contacts, credits, by-lines, paywalls, columns."""


@dataclass(frozen=True)
class Read:
    """An entry of a real feed and what was made of it."""

    file: str
    entry: ParsedEntry
    made: Excerpt

    @property
    def texts(self) -> list[str]:
        """The blocks that a reader sees, the lead first."""
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
        *CORPORA.glob("replay/veille-cnsa/00[05].xml"),
    ]
    for file in sorted(files):
        feed = parse(file.read_bytes(), "https://exemple.fr/", None)
        is_french = "french" in str(file) or "veille" in str(file) or (feed.language or "").startswith("fr")
        for entry in feed.entries[: 20 if is_french else 0]:
            yield Read(file.name, entry, excerpt(entry, "fr"))


def test_there_are_thirty_feeds_and_more() -> None:
    assert len({one.file for one in read()}) >= 30
    assert len(read()) >= 500


def ends_well(text: str) -> bool:
    return bool(END.search(text) or ADDRESS.search(text))


def test_every_lead_ends_with_a_whole_sentence() -> None:
    broken = [(one.file, one.made.lead[-60:]) for one in read() if one.made.lead and not ends_well(one.made.lead)]
    assert broken == []


def test_no_sentence_of_a_body_is_broken() -> None:
    """A paragraph that ends otherwise is shorter than a sentence, goes on below, or has lines of its own."""
    broken = []
    for one in read():
        for block, after in zip_longest(one.made.body, one.made.body[1:]):
            is_told = block.tag == "p" and len(block.text) >= 50 and "<br>" not in block.html and not is_title(block)
            goes_on = after is not None and (after.text[:1].islower() or block.text.endswith(":"))
            if is_told and not goes_on and not ends_well(block.text) and not is_speaker(block.text):
                broken.append((one.file, block.text[-60:]))
    assert [one for one in broken if one[1][-10:] not in CODE] == []


CODE = {"simple ls -l"[-10:]}
"""How paragraphs end that name a command."""


def test_no_heading_and_no_introduction_is_last() -> None:
    for one in read():
        for last in one.made.body[-1:]:
            assert not is_title(last), (one.file, last.text)
            assert not last.text.endswith(":"), (one.file, last.text)


def test_no_introduction_stands_before_a_heading() -> None:
    told = [(one, pair) for one in read() for pair in pairwise(one.made.body)]
    assert [
        (one.file, block.text[-60:])
        for one, (block, after) in told
        if block.tag == "p" and block.text.endswith(":") and is_title(after)
    ] == []


def test_a_lead_is_no_label_and_does_not_say_the_title_again() -> None:
    for one in read():
        lead, title = key(one.made.lead), key(to_text(one.entry.title or ""))
        assert not lead or lead != title, one.entry.title
        assert not is_label(one.made.lead) or not one.made.body, one.made.lead
        assert lead not in {key(block.text) for block in one.made.body} - {""}, one.made.lead


def test_nothing_is_empty_and_no_space_stands_twice() -> None:
    twice = re.compile(r"(?<=[^\s«–—])[ \u00a0\u202f]{2,}(?=[\w«])| [,.](?:\s|$)")
    for one in read():
        assert all(block.text for block in one.made.body), one.file
        found = [
            text for block in one.made.body if block.tag == "p" and "<br>" not in block.html for text in [block.text]
        ]
        assert [(one.file, text[:60]) for text in (one.made.lead, *found) if twice.search(text)] == []


def test_no_ellipsis_stands_in_the_middle_but_where_the_source_has_it() -> None:
    inside = re.compile(r"…(?!\s*(?:[»”)\].]|$))")
    for one in read():
        said = sum(len(inside.findall(typeset(block.text, "fr"))) for block in article(one.entry))
        assert sum(len(inside.findall(text)) for text in one.texts) <= said, one.file


def test_items_of_lists_have_no_typed_mark_and_no_loose_ends() -> None:
    loose = re.compile(r"<li>(?:\s|<br>|[*–•▪►-]\s)|(?:\s|<br>)</li>|<li></li>")
    assert [(one.file, block.html[:80]) for one in read() for block in one.made.body if loose.search(block.html)] == []


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
