"""Whether a redirect is a move, and what is left of a state when the configuration says something else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from relay.core import moves
from relay.core.document import Hop
from relay.core.expression.grammar import parse
from relay.core.expression.tokens import Misreading
from relay.core.expression.tree import Expression
from relay.core.pollstate import Moving, Place, PollState, Rhythm
from relay.core.source import Selectors, Validators
from tests.core.things import DAY, HOUR, NOW, SOURCE

A, B, C = (f"https://{name}.exemple.fr/rss" for name in "abc")
PLAIN = "http://a.exemple.fr/rss"


def seen(
    hops: Sequence[tuple[int, str]],
    *,
    days: float = 7,
    fetches: int = moves.SEEN,
    proved: Sequence[int] = (0,),
    place: Place = Place(),  # noqa: B008  # it is frozen
    asked: str = A,
) -> Place:
    """The place after so many fetches over the same redirects, the last one ``days`` after the first."""
    for number in range(fetches):
        now = NOW + timedelta(days=days) * number / max(fetches - 1, 1)
        place = moves.after(place, asked, [Hop(*hop) for hop in hops], now, is_proved=number in proved)
    return place


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        (PLAIN, A),
        ("http://a.exemple.fr:80/rss", "https://a.exemple.fr:443/rss"),
        ("http://a.exemple.fr:8080/rss", "https://a.exemple.fr:8080/rss"),
        ("http://A.exemple.fr/rss?x=1", "https://a.exemple.fr/rss?x=1"),
    ],
)
@pytest.mark.parametrize("status", sorted(moves.PERMANENT))
def test_the_same_address_with_https_is_believed_at_once(asked: str, target: str, status: int) -> None:
    place = moves.after(Place(), asked, [Hop(status, target)], NOW, is_proved=False)
    assert (place.url, place.aliases, place.moving, place.landed) == (target, (asked,), None, target)


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        (A, PLAIN),
        (A, B),
        (PLAIN, "https://a.exemple.fr/"),
        (PLAIN, "https://a.exemple.fr/rss?x=1"),
        (PLAIN, "https://www.a.exemple.fr/rss"),
        (PLAIN, "https://a.exemple.fr:9443/rss"),
        ("http://a.exemple.fr:8080/rss", A),
        ("http://a.exemple.fr:8080/rss", "https://a.exemple.fr:9443/rss"),
    ],
)
def test_any_other_address_is_watched_first(asked: str, target: str) -> None:
    place = moves.after(Place(), asked, [Hop(301, target)], NOW, is_proved=True)
    assert place == Place(moving=Moving(target, NOW, 1, is_proved=True), landed=target)


@pytest.mark.parametrize("status", [302, 303, 307])
@pytest.mark.parametrize("target", [A, B])
def test_what_is_not_permanent_is_no_move(status: int, target: str) -> None:
    assert seen([(status, target)], asked=PLAIN) == Place(landed=target)


@pytest.mark.parametrize(
    ("days", "fetches", "proved", "is_moved"),
    [
        (7, 5, [0], True),
        (7, 5, [4], True),
        (7, 99, [50], True),
        (6.9, 5, [0], False),
        (6.9, 99, [0], False),
        (99, 4, [0], False),
        (99, 99, [], False),
    ],
)
def test_a_move_takes_a_week_and_five_fetches_and_one_entry_that_is_known(
    days: float, fetches: int, proved: list[int], *, is_moved: bool
) -> None:
    place = seen([(301, B)], days=days, fetches=fetches, proved=proved)

    assert (place.url, place.aliases) == ((B, (A,)) if is_moved else ("", ()))
    assert (place.moving is None) is is_moved


@pytest.mark.parametrize(
    ("hops", "url"),
    [
        ([(301, B), (301, C)], C),
        ([(301, B), (308, C)], C),
        ([(301, B), (302, C)], B),
        ([(302, B), (301, C)], ""),
        ([(301, A), (302, B)], A),
    ],
)
def test_a_chain_counts_up_to_its_first_redirect_that_is_not_permanent(hops: list[tuple[int, str]], url: str) -> None:
    place = seen(hops)
    assert (place.url, place.landed) == (url, hops[-1][1])


def test_a_chain_that_begins_with_https_moves_there_and_not_to_its_end() -> None:
    place = moves.after(Place(), PLAIN, [Hop(301, A), Hop(301, B)], NOW, is_proved=True)
    assert (place.url, place.aliases, place.landed) == (A, (PLAIN,), B)


@pytest.mark.parametrize("other", [[(301, C)], [(302, B)], []])
def test_whoever_changes_his_mind_is_watched_anew(other: list[tuple[int, str]]) -> None:
    almost = seen([(301, B)], fetches=4)
    between = moves.after(almost, A, [Hop(*hop) for hop in other], NOW + 8 * DAY, is_proved=True)
    again = moves.after(between, A, [Hop(301, B)], NOW + 9 * DAY, is_proved=True)

    assert (again.url, again.moving) == ("", Moving(B, NOW + 9 * DAY, 1, is_proved=True))


def test_every_address_that_was_left_is_remembered_once() -> None:
    there = seen([(301, B)])
    back = seen([(301, A)], place=there, asked=B)
    again = seen([(301, B)], place=back, asked=A)

    assert (there.aliases, back.aliases, again.aliases) == ((A,), (A, B), (B, A))


def test_an_answer_without_redirects_came_from_where_it_was_asked() -> None:
    assert moves.after(Place(landed=B), A, [], NOW, is_proved=True) == Place(landed=A)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place(), A),
        (Place(A), A),
        (Place(A, B), B),
        (Place(C, B), A),
    ],
)
def test_a_source_is_asked_where_it_has_moved_to_unless_the_file_names_another_address(
    place: Place, expected: str
) -> None:
    assert moves.address(replace(SOURCE, url=A), PollState(place=place)) == expected


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
