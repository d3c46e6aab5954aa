"""What a filter holds for, and which of its parts decided."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from relay.core.document import ParsedEntry, Person, Picture
from relay.core.expression.grammar import parse
from relay.core.expression.tokens import Misreading
from relay.core.expression.tree import Expression
from relay.core.filtering.facts import of_entry, of_post
from relay.core.filtering.filters import PATIENCE, Judgement, all_hold, judge, judged, matches, verdict, wanted
from tests.core.things import ENTRY, NOW, POST, SOURCE

ONE = replace(
    ENTRY,
    title="Égalité des territoires\u202f: l’œuvre",
    summary="Un premier bilan",
    content_html="<p>Le <b>programme</b> débute.</p>",
    url="https://agence.example/actualites/bilan",
    categories=("Logement", "Politique de la Ville"),
    authors=(Person("Anne Dupont"), Person("Benoît")),
    language="fr-CA",
    picture=Picture("https://agence.example/a.png"),
)
BARE = ParsedEntry(id=None, url=None, title=None)
CATASTROPHIC = 'title ~ "^(a|a)*$"'
LONG = replace(ONE, title="a" * 60 + "b")


def filter_(text: str) -> Expression:
    found = parse(text)
    assert not isinstance(found, Misreading), found
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title ~ ^Égalité", True),
        ("title ~ (?i)ÉGALITÉ", True),
        ("title ~ égalité", False),
        ("title ~ l’œuvre", True),
        ("title ~ l'œuvre", True),
        ("title ~ territoires : l", True),
        ("title !~ territoires", False),
        ("title !~ ville", True),
        ("title = egalite DES territoires : l'oeuvre", True),
        ("title = Égalité", False),
        ("title != Égalité", True),
        ("summary ~ bilan", True),
        ("content ~ <b>", True),
        ("text ~ <b>", False),
        ("text ~ Le programme débute", True),
        ("text ~ premier bilan", True),
        ("text ~ ^Égalité", True),
        ('url ~ "/actualites/"', True),
        ("category = politique de la ville", True),
        ("category = ville", False),
        ("category ~ Ville", True),
        ("category != Logement", False),
        ("category !~ Emploi", True),
        ("author = benoit", True),
        ("author ~ Dupont$", True),
        ("language = fr", True),
        ("language = fr-ca", True),
        ("language = en", False),
        ("source = cget", True),
        ("handle = min-territoires", True),
        ("image ~ [.]png$", True),
        ("has image", True),
        ("published < 2026-09-30", False),
        ("published < 2026-10-01", True),
        ("published >= 2026-09-30", True),
        ("published >= 2026-10-01", False),
        ('title ~ "bilan" or category = "Logement"', True),
        ('title ~ "bilan" and category = "Logement"', False),
        ('not (title ~ "bilan" and has image) and has url', True),
    ],
)
def test_a_filter_looks_at_an_entry(text: str, *, expected: bool) -> None:
    source = replace(SOURCE, mentions=("min-territoires",))
    assert matches(filter_(text), of_entry(ONE, source)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((f"has {name}", False) for name in ("title", "summary", "content", "text", "category", "author", "url")),
        *((f"has {name}", False) for name in ("image", "handle", "published")),
        ("has source", True),
        ("language = fr", True),
        ("title ~ .", False),
        ("summary ~ ^$", True),
        ("title !~ a", True),
        ("category = a", False),
        ("category != a", True),
        ("published < 2026-01-01", False),
        ("published >= 2026-01-01", False),
        ("not published >= 2026-01-01", True),
    ],
)
def test_an_entry_that_says_nothing_is_no_surprise(text: str, *, expected: bool) -> None:
    assert matches(filter_(text), of_entry(BARE, SOURCE)) is expected


def test_an_entry_without_its_own_date_has_that_of_its_update() -> None:
    updated = replace(BARE, updated=NOW)
    assert matches(filter_("published >= 2026-10-01"), of_entry(updated, SOURCE))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title ~ quel bilan", True),
        ("summary ~ Conseil d'orientation", True),
        ("content ~ <p>Le programme", True),
        ('text ~ "bilan" and text ~ "réuni" and text ~ "débute"', True),
        ('url = "https://cget.exemple.fr/actions"', True),
        ("url ~ blog", False),
        ("handle = territoires", True),
        ("author = Anne", True),
        ("author = Anne, Benoît", True),
        ("category = ville", True),
        ("has image", False),
        ("published < 2026-10-02", True),
        ('language = "fr" and source = "cget"', True),
    ],
)
def test_a_filter_looks_at_the_post_made_of_an_entry(text: str, *, expected: bool) -> None:
    assert matches(filter_(text), of_post(replace(POST, author="Anne, Benoît"))) is expected


@pytest.mark.parametrize(
    ("text", "holds", "by"),
    [
        ('title ~ "x" or category = "Logement" or has image', True, 'category = "Logement"'),
        ('title ~ "x" or category = "y"', False, 'title ~ "x" or category = "y"'),
        ('has image and title ~ "x"', False, 'title ~ "x"'),
        ("has image and has title", True, "has image and has title"),
        ('has image and (title ~ "x" or has url)', True, 'has image and (title ~ "x" or has url)'),
        ("not has image", False, "not has image"),
        ('title ~ "x" or not has handle', True, "not has handle"),
    ],
)
def test_the_smallest_part_that_settles_it_is_named(text: str, by: str, *, holds: bool) -> None:
    found = verdict(filter_(text), of_entry(ONE, SOURCE))
    assert (found.holds, found.by) == (holds, by)


def test_all_rules_of_a_route_must_hold_and_the_first_that_does_not_is_named() -> None:
    facts = of_entry(ONE, SOURCE)
    rules = [filter_(text) for text in ("has image", "title ~ x", "title ~ y")]

    assert all_hold((), facts).holds
    assert all_hold(rules[:1], facts).holds
    assert (all_hold(rules, facts).holds, all_hold(rules, facts).by) == (False, "title ~ x")


@pytest.mark.parametrize(
    ("keep", "drop", "expected"),
    [
        ((), (), Judgement(is_kept=True, why="")),
        (("title ~ territoires",), (), Judgement(is_kept=True, why="keep: title ~ territoires")),
        (("title ~ x", "has image"), (), Judgement(is_kept=True, why="keep: has image")),
        (("title ~ x",), (), Judgement(is_kept=False, why="keep: no rule matches")),
        ((), ("title ~ x",), Judgement(is_kept=True, why="drop: no rule matches")),
        (("has image",), ("category = logement",), Judgement(is_kept=False, why="drop: category = logement")),
        (
            (),
            ('title ~ "x"  or has image',),
            Judgement(is_kept=False, why='drop: title ~ "x" or has image — by has image'),
        ),
    ],
)
def test_an_entry_is_judged_by_keep_and_drop(keep: tuple[str, ...], drop: tuple[str, ...], expected: Judgement) -> None:
    source = replace(SOURCE, keep=tuple(map(filter_, keep)), drop=tuple(map(filter_, drop)))

    assert judge(ONE, source) == expected
    assert wanted([ONE], source) == ([ONE] if expected.is_kept else [])


@pytest.mark.parametrize(("text", "kept"), [(CATASTROPHIC, False), (f"{CATASTROPHIC} or has image", True)])
def test_a_search_that_does_not_end_is_given_up_and_counts_as_nothing_found(text: str, *, kept: bool) -> None:
    started = time.process_time()
    judgement = judge(LONG, replace(SOURCE, keep=(filter_(text),)))

    assert (judgement.is_kept, judgement.slow) == (kept, (CATASTROPHIC,))
    assert timedelta(seconds=time.process_time() - started) < timedelta(seconds=PATIENCE * 20)


def test_a_search_that_was_given_up_five_times_is_not_tried_on_the_rest_of_the_document() -> None:
    entries = [replace(LONG, id=str(number)) for number in range(60)]
    started = time.process_time()
    judgements = list(judged(entries, replace(SOURCE, keep=(filter_(f"{CATASTROPHIC} or has image"),))))

    assert [one.slow for one in judgements] == [(CATASTROPHIC,)] * 60
    assert all(one.is_kept for one in judgements)
    assert timedelta(seconds=time.process_time() - started) < timedelta(seconds=PATIENCE * 30)


def test_a_search_that_was_given_up_once_is_tried_on_the_next_entry() -> None:
    found = judged([LONG, ONE], replace(SOURCE, drop=(filter_(CATASTROPHIC),)))
    assert [one.slow for one in found] == [(CATASTROPHIC,), ()]


@contextmanager
def busy(threads: int) -> Iterator[None]:
    """The process has much else to do."""
    done = threading.Event()

    def work() -> None:
        while not done.is_set():
            sum(range(1000))

    others = [threading.Thread(target=work) for _ in range(threads)]
    for other in others:
        other.start()
    try:
        yield
    finally:
        done.set()
        for other in others:
            other.join()


def test_an_honest_search_is_not_given_up_however_much_else_there_is_to_do() -> None:
    facts = of_entry(replace(ONE, content_html="des quart iers de la vill e " * 10_000), SOURCE)
    rule = filter_("content ~ (?i)quartier|ville|territoire")
    with busy(threads=8):
        slow = [verdict(rule, facts).slow for _ in range(3)]

    assert slow == [(), (), ()]
