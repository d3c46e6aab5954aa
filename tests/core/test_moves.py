"""Whether a redirect is a move: what it takes before relay asks at another address."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from relay.core.document import Hop
from relay.core.polling import moves
from relay.core.polling.pollstate import Moving, Place, PollState
from tests.core.things import DAY, NOW, SOURCE

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
