"""Routes that take some posts of a source and not others."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relay.core.crosspost import State
from relay.core.expression.grammar import parse
from relay.core.expression.tokens import Misreading
from relay.core.expression.tree import Expression
from relay.core.people import Role
from relay.core.route import ApprovalRule, Route
from relay.pipeline import queue
from relay.pipeline.desk import LOST
from tests.pipeline.world import World

CAREFUL = ApprovalRule("careful", steps=(Role.EDITOR, Role.DIRECTOR), undo=timedelta(0))


def when(*texts: str) -> tuple[Expression, ...]:
    found = [parse(text) for text in texts]
    return tuple(one for one in found if not isinstance(one, Misreading))


def route(number: int, *texts: str, to: str = "masto", approval: ApprovalRule | None = None) -> Route:
    return Route(number, ("cget",), (to,), "{title}", approval or ApprovalRule(), when=when(*texts))


def use(world: World, *routes: Route) -> None:
    """The next start, with these routes."""
    world.desk = replace(world.desk, routes=routes)
    with world.db.write() as tx:
        queue.reroute(tx, world.desk)


def routes_taken(world: World) -> dict[str, int]:
    """By title, of what waits."""
    return {crosspost.draft.text: crosspost.route for crosspost in world.in_state(State.WAITING)}


BILAN, QUARTIERS = "Un premier bilan", "Des quartiers mieux reliés"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((), {BILAN, QUARTIERS}),
        (("title ~ bilan",), {BILAN}),
        (("not has title",), set()),
        (("title ~ e", "handle = cget", "title !~ bilan"), {QUARTIERS}),
        (("published >= 2026-11-24 and source = 'cget'",), {BILAN, QUARTIERS}),
    ],
)
def test_a_route_takes_the_posts_that_all_its_filters_hold_for(
    world: World, texts: tuple[str, ...], expected: set[str]
) -> None:
    use(world, route(0, *texts))
    world.poll()

    assert set(routes_taken(world)) == expected


def test_what_one_route_does_not_take_the_next_one_to_the_account_may(world: World) -> None:
    use(world, route(0, "title ~ bilan"), route(1))
    world.poll()

    assert routes_taken(world) == {BILAN: 0, QUARTIERS: 1}


def test_a_new_start_puts_each_post_under_the_route_that_takes_it(world: World) -> None:
    bilan, rest = route(0, "title ~ bilan", approval=CAREFUL), route(1)
    use(world, bilan, rest)
    world.poll()
    use(world, replace(rest, number=0, sources=("town",)), replace(bilan, number=1), replace(rest, number=2))

    assert routes_taken(world) == {BILAN: 1, QUARTIERS: 2}


def test_what_no_route_takes_any_more_needs_the_most_yeses(world: World) -> None:
    use(world, route(0))
    world.poll()
    use(world, route(0, "title ~ bilan"), replace(route(1, approval=CAREFUL), sources=("town",)))

    assert routes_taken(world) == {BILAN: 0, QUARTIERS: LOST}
    for crosspost in world.in_state(State.WAITING):
        world.approve(crosspost)
    assert set(routes_taken(world)) == {QUARTIERS}


def test_an_edit_after_which_the_route_would_not_take_it_still_reaches_the_editor(world: World) -> None:
    use(world, route(0, "title ~ bilan"))
    world.agency.titles = [BILAN]
    world.poll()
    feed = world.agency.feed()
    edited = feed.replace(f"<title>{BILAN}".encode(), b"<title>Un rapport")
    world.agency.feed = lambda: edited  # type: ignore[method-assign]  # the source corrects its title
    world.agency.etag = '"v2"'
    world.pass_(hours=2)
    polled = world.poll()

    assert (polled.edited, routes_taken(world)) == (1, {"Un rapport": 0})


def test_an_edit_keeps_the_words_of_the_route_it_came_by(world: World) -> None:
    use(world, replace(route(0, "title ~ rapport"), text="URGENT {title}"), route(1))
    world.agency.titles = [BILAN]
    world.poll()
    edited = world.agency.feed().replace(f"<title>{BILAN}".encode(), b"<title>Un rapport")
    world.agency.feed = lambda: edited  # type: ignore[method-assign]  # the source corrects its title
    world.agency.etag = '"v2"'
    world.pass_(hours=2)
    world.poll()

    assert routes_taken(world) == {"Un rapport": 1}


def test_a_search_that_does_not_end_is_in_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    use(world, route(0, 'title ~ "^(a|a)*$"'))
    world.agency.titles = ["a" * 60 + "b"]
    world.poll()

    assert routes_taken(world) == {}
    assert 'routes, 1: given up after 0.25 s, as if nothing was found: title ~ "^(a|a)*$"' in caplog.text
