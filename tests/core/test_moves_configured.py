"""What is left of what was learnt of a source when the configuration says something else of it."""

from dataclasses import replace

import pytest

from relay.core.expression.grammar import parse
from relay.core.expression.tokens import Misreading
from relay.core.expression.tree import Expression
from relay.core.polling import moves
from relay.core.polling.pollstate import Moving, Place, PollState, Rhythm
from relay.core.source import Selectors, Validators
from tests.core.things import DAY, HOUR, NOW, SOURCE

B, C = (f"https://{name}.exemple.fr/rss" for name in "bc")
LEARNT = PollState(
    due=NOW + 3 * HOUR,
    polled_at=NOW - HOUR,
    succeeded_at=NOW - DAY,
    failures=3,
    validators=Validators(b'"v"'),
    place=Place(SOURCE.url, B, (SOURCE.url,), Moving(C, NOW), B),
    rhythm=Rhythm(NOW, HOUR),
    body="digest",
    is_gone=True,
)


def rules(text: str) -> tuple[Expression, ...]:
    found = parse(text)
    assert not isinstance(found, Misreading)
    return (found,)


def test_another_address_is_another_feed_but_of_the_same_entries() -> None:
    known = moves.current(SOURCE, LEARNT)
    elsewhere = moves.current(replace(SOURCE, url=C), known)

    assert elsewhere == PollState(
        due=NOW - HOUR,
        polled_at=NOW - HOUR,
        succeeded_at=NOW - DAY,
        reason="its address was changed",
        place=Place(configured=C),
        rhythm=Rhythm(NOW, HOUR),
        wish=known.wish,
    )


def test_a_source_that_was_never_asked_stays_due_when_its_address_changes() -> None:
    put_off = PollState(due=NOW + HOUR, place=Place(configured=SOURCE.url))
    assert moves.current(replace(SOURCE, url=C), put_off).due == NOW + HOUR


def test_a_state_of_before_addresses_were_kept_is_about_the_configured_one() -> None:
    old = PollState(polled_at=NOW, succeeded_at=NOW, validators=Validators(b'"v"'), body="digest")
    known = moves.current(SOURCE, old)

    assert known == replace(old, place=Place(configured=SOURCE.url), wish=known.wish)
    assert known.wish


def test_the_same_wishes_change_nothing() -> None:
    known = moves.current(SOURCE, LEARNT)

    assert known == replace(LEARNT, wish=known.wish)
    assert moves.current(SOURCE, known) == known


@pytest.mark.parametrize(
    "wish",
    [
        {"keep": rules("title ~ bilan")},
        {"drop": rules("title ~ bilan")},
        {"select": Selectors("article")},
        {"fulltext": True},
    ],
)
def test_new_wishes_have_the_document_read_again_and_make_no_news_of_it(wish: dict[str, object]) -> None:
    known = moves.current(SOURCE, LEARNT)
    wished = replace(SOURCE, **wish)  # type: ignore[arg-type]  # by name
    after = moves.current(wished, known)

    assert after == replace(known, wish=after.wish, validators=Validators(), body=None, read_until=NOW - DAY)
    assert after.wish not in {known.wish, ""}
    assert moves.current(wished, after) == after


@pytest.mark.parametrize("change", [{"every": HOUR}, {"longest": DAY}, {"hashtags": ("Ville",)}, {"push": False}])
def test_what_says_nothing_of_a_document_leaves_it_read(change: dict[str, object]) -> None:
    known = moves.current(SOURCE, LEARNT)
    assert moves.current(replace(SOURCE, **change), known) == known  # type: ignore[arg-type]  # by name


def test_new_wishes_before_the_first_answer_take_nothing_from_the_first_poll() -> None:
    known = moves.current(SOURCE, PollState(due=NOW))
    after = moves.current(replace(SOURCE, fulltext=True), known)

    assert (after.is_first, after.read_until, after.due) == (True, None, NOW)


def test_wishes_and_address_that_change_together_are_both_heeded() -> None:
    known = moves.current(SOURCE, LEARNT)
    other = replace(SOURCE, url=C, fulltext=True)
    after = moves.current(other, moves.current(other, known))

    assert (after.place, after.read_until, after.validators) == (Place(configured=C), NOW - DAY, Validators())
