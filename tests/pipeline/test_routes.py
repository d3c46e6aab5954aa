"""The configuration changes its routes while cross-posts wait for their yes."""

from dataclasses import replace

from relay.core.crosspost import State
from relay.core.people import Role
from relay.core.route import ApprovalRule
from relay.pipeline import queue
from tests.pipeline.world import World


def renumber(world: World) -> None:
    """The next start, with another configuration."""
    with world.db.write() as tx:
        queue.reroute(tx, world.desk)


def test_a_director_is_asked_though_the_routes_have_new_numbers(world: World) -> None:
    careful = replace(world.desk.routes[0], approval=ApprovalRule(steps=(Role.EDITOR, Role.DIRECTOR)))
    world.desk = replace(world.desk, routes=(careful,))
    world.poll()
    quick = replace(world.desk.routes[0], sources=("town",), approval=ApprovalRule(steps=(Role.EDITOR,)))
    world.desk = replace(world.desk, routes=(quick, replace(careful, number=1)))
    renumber(world)
    world.approve(world.in_state(State.WAITING)[0])

    assert len(world.in_state(State.APPROVED)) == 0


def test_what_no_route_sends_any_more_needs_the_most_yeses(world: World) -> None:
    world.poll()
    quick = replace(world.desk.routes[0], sources=("town",))
    careful = replace(quick, number=1, approval=ApprovalRule(steps=(Role.EDITOR, Role.DIRECTOR)))
    world.desk = replace(world.desk, routes=(quick, careful))
    renumber(world)
    world.approve(world.in_state(State.WAITING)[0])

    assert len(world.in_state(State.APPROVED)) == 0
