"""What editors name is in the next drafts and headlines, whichever process makes them; what waits stays as it is."""

from dataclasses import replace

import pytest

from relay.core.crosspost import State
from relay.core.directory.handles import Body
from relay.core.form import Form
from relay.core.people import Editor, Role
from relay.core.review.moving import Refusal
from relay.pipeline import directory
from relay.pipeline.directory import Setting
from relay.pipeline.today import current
from relay.storage import bodies
from tests.pipeline.pushed import publish_at_the_agency, push, received
from tests.pipeline.world import CAMILLE, World

ON_MASTODON = Setting("cget", "mastodon", "@cget@social.example")


@pytest.fixture
def world(world: World) -> World:
    """Posts that mention whom they name."""
    (route,) = world.desk.routes
    world.desk = replace(world.desk, routes=(replace(route, text="{title} {mentions}\n\n{link}"),))
    return world


def give(world: World, setting: Setting = ON_MASTODON) -> Body:
    return directory.set_handle(world.db, world.desk, setting, CAMILLE, world.now)


def texts(world: World) -> dict[str, list[str]]:
    """The words of what waits, by account, the oldest first."""
    found: dict[str, list[str]] = {}
    for one in sorted(world.in_state(State.WAITING), key=lambda one: one.id):
        found.setdefault(one.account, []).append(one.draft.text)
    return found


def test_the_next_drafts_have_it_and_those_that_wait_stay(world: World) -> None:
    world.poll()
    before = texts(world)
    assert all("CGET" in text and "@" not in text for text in before["masto"])

    give(world)
    world.agency.titles.insert(0, "Une nouvelle de plus")
    world.agency.etag = '"v2"'
    world.pass_(hours=2)
    world.poll()

    after = texts(world)
    assert after["masto"][:2] == before["masto"]
    assert "@cget@social.example" in after["masto"][2]
    assert "@" not in after["bsky"][2]


def test_a_source_that_edits_brings_the_new_handle_only_with_new_words(world: World) -> None:
    world.poll()
    before = texts(world)
    give(world)
    world.agency.etag = '"v2"'
    world.pass_(hours=2)
    world.poll()
    assert texts(world) == before


def test_what_a_hub_pushes_has_it_too(pushed_world: World) -> None:
    give(pushed_world)
    publish_at_the_agency(pushed_world, "Une nouvelle de plus")
    push(pushed_world)
    received(pushed_world)
    assert "@cget@social.example" in texts(pushed_world)["masto"][-1]


def test_headlines_follow(world: World) -> None:
    feed = replace(world.desk.feeds[0], form=Form(title="{title} {mentions:mastodon}"))
    world.desk = replace(world.desk, feeds=(feed,))
    world.poll()
    world.publish()
    assert "@cget@social.example" not in (world.feeds / "blog" / "atom.xml").read_text()

    give(world)
    assert "blog/atom.xml" in world.publish()
    assert "@cget@social.example" in (world.feeds / "blog" / "atom.xml").read_text()

    directory.forget(world.db, "cget", CAMILLE)
    world.publish()
    assert "@cget@social.example" not in (world.feeds / "blog" / "atom.xml").read_text()


def test_a_body_that_only_an_editor_knows_is_mentioned_where_a_text_names_it(world: World) -> None:
    vh = Body("", "Vaubrune Habitat", {"mastodon": "@vh@social.example"}, acronyms=("VH",))
    named = directory.name(world.db, world.desk, vh, CAMILLE, world.now)
    assert named.id == "vaubrune-habitat"
    world.agency.titles = ["Avec VH, des logements"]
    world.poll()
    assert "@vh@social.example" in texts(world)["masto"][0]


def test_its_names_can_be_corrected_and_its_handles_stay(world: World) -> None:
    vh = Body("", "Vaubrune Habita", {"mastodon": "@vh@social.example"})
    first = directory.name(world.db, world.desk, vh, CAMILLE, world.now)
    again = directory.name(world.db, world.desk, Body(first.id, "Vaubrune Habitat"), CAMILLE, world.now)
    assert (again.id, again.name, again.handles) == (first.id, "Vaubrune Habitat", vh.handles)


def test_what_is_as_the_configuration_says_leaves_nothing_behind(world: World) -> None:
    give(world, Setting("cget", "x", "@autre"))
    give(world, Setting("cget", "x", "@CGET_gouv"))
    with world.db.read() as tx:
        assert bodies.every(tx) == {}
        assert current(tx, world.desk) is world.desk


def test_two_editors_at_two_networks_keep_each_others(world: World) -> None:
    give(world)
    dora = Editor("dora", Role.DIRECTOR)
    body = directory.set_handle(world.db, world.desk, Setting("cget", "bluesky", "@cget.example"), dora, world.now)
    assert body.handles == {"x": "@CGET_gouv", "mastodon": "@cget@social.example", "bluesky": "@cget.example"}


@pytest.mark.parametrize("role", [Role.VIEWER, Role.WRITER, Role.ADMIN])
def test_who_may_not_changes_nothing(world: World, role: Role) -> None:
    remi = Editor("remi", role)
    for act in (
        lambda: directory.set_handle(world.db, world.desk, ON_MASTODON, remi, world.now),
        lambda: directory.name(world.db, world.desk, Body("", "Autre"), remi, world.now),
        lambda: directory.forget(world.db, "cget", remi),
    ):
        with pytest.raises(Refusal, match=rf"remi \({role}\) may not change the directory"):
            act()
    with world.db.read() as tx:
        assert bodies.every(tx) == {}


def test_nobody_is_named_by_a_handle_alone(world: World) -> None:
    with pytest.raises(Refusal, match="There is no personne in the directory"):
        give(world, Setting("personne", "x", "@personne"))
    with pytest.raises(Refusal, match="There is no personne in the directory"):
        directory.forget(world.db, "personne", CAMILLE)
    with pytest.raises(Refusal, match="they are in the configuration"):
        directory.name(world.db, world.desk, Body("cget", "Autre"), CAMILLE, world.now)
