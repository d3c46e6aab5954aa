"""How relay finds out that a hub forgets, and what it then does."""

from dataclasses import replace

from relay.core.pushing.subscription import State
from tests.pipeline.pushed import ACTIVE, DAY, publish_at_the_agency, push, put, received, subscription
from tests.pipeline.world import World

NEW = "Une annonce"


def test_what_a_hub_forgot_is_counted_by_the_poll_that_finds_it(pushed_world: World) -> None:
    counted = []
    for number in range(3):
        publish_at_the_agency(pushed_world, f"Oubli {number}")
        pushed_world.pass_(days=1)
        pushed_world.poll()
        counted.append(subscription(pushed_world).misses)

    assert counted == [1, 2, 3]
    assert subscription(pushed_world).state is State.DISTRUSTED


def test_what_was_pushed_is_no_miss_of_the_poll_after_it(pushed_world: World) -> None:
    publish_at_the_agency(pushed_world, NEW)
    push(pushed_world)
    received(pushed_world)
    pushed_world.pass_(days=1)
    pushed_world.poll()

    assert subscription(pushed_world).misses == 0


def test_a_source_whose_hub_pushes_is_polled_once_a_day_until_the_hub_is_distrusted(pushed_world: World) -> None:
    trusted = pushed_world.poll().state
    put(pushed_world, replace(ACTIVE, state=State.DISTRUSTED))
    distrusted = pushed_world.poll().state

    assert trusted.due
    assert trusted.due - pushed_world.now >= DAY
    assert trusted.reason == "its hub pushes: every 1 d, to be sure"
    assert distrusted.due
    assert distrusted.due - pushed_world.now < DAY / 2


def test_what_a_distrusted_hub_pushes_is_still_taken(pushed_world: World) -> None:
    put(pushed_world, replace(ACTIVE, state=State.DISTRUSTED))
    publish_at_the_agency(pushed_world, NEW)
    push(pushed_world)

    assert [one.new for one in received(pushed_world)] == [1]
