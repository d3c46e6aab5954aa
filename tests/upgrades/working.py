"""relay at work on a database that was brought up: it asks, publishes, takes a yes and delivers, once each."""

from dataclasses import replace
from pathlib import Path

from relay.core.crosspost import Crosspost, State
from relay.pipeline import auditing
from relay.storage import crossposts
from relay.storage.database import Database
from tests.pipeline.world import World, desk

NEW = ["Une nouvelle", "Une autre"]


def works(db: Database, folder: Path) -> list[str]:
    """What does not, in a sentence each. The news are new, so two waiting cross-posts come of each."""
    wishes = desk()
    feeds = tuple(replace(feed, formats=("atom",)) for feed in wishes.feeds)
    world = World(db, folder, replace(wishes, feeds=feeds))
    world.agency.titles = list(NEW)
    before = {one.id for one in _of(db)}
    polled = world.poll()
    if polled.new != len(NEW):
        return [f"{polled.new} of {len(NEW)} news were taken in: {polled}"]
    wrong = [] if world.publish() else ["nothing was published"]
    waiting = [one for one in world.in_state(State.WAITING) if one.id not in before]
    for one in waiting:
        world.approve(one)
    world.pass_(minutes=2)
    world.deliver()
    sent = {one.id for one in world.in_state(State.SENT)} - before
    if len(waiting) != 2 * len(NEW) or len(sent) != len(waiting) or len(world.network.shown) != len(waiting):
        wrong.append(f"of {len(waiting)} that waited {len(sent)} were sent, and {len(world.network.shown)} are shown")
    found, strays = auditing.verify(db)
    return [*wrong, *filter(None, (found.wrong, *strays))]


def _of(db: Database) -> list[Crosspost]:
    with db.read() as tx:
        return crossposts.by_state(tx, tuple(State))
