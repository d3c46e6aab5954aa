"""The things of the core: what little they say of themselves."""

from dataclasses import fields, is_dataclass
from inspect import getmembers, isclass
from types import ModuleType

import pytest

from relay.core import crosspost, document, entry, feed, people, post, route, source
from relay.core.account import Account, Secret
from relay.core.directory import handles
from relay.core.directory.handles import Body, Directory
from relay.core.people import Role, may_approve
from relay.core.source import Source

MODULES = [crosspost, document, entry, feed, handles, people, post, route, source]


@pytest.mark.parametrize("module", MODULES)
def test_every_thing_is_frozen_and_has_no_room_for_more(module: ModuleType) -> None:
    things = [thing for _, thing in getmembers(module, isclass) if is_dataclass(thing)]
    assert all(thing.__dataclass_params__.frozen for thing in things)  # type: ignore[attr-defined]  # dataclasses set it
    assert [set(getattr(thing, "__slots__", ())) for thing in things] == [
        {one.name for one in fields(thing)} for thing in things
    ]


def test_a_secret_never_shows() -> None:
    account = Account("toots", "mastodon", secrets={"token": Secret("abc123")})
    assert "abc123" not in f"{account} {account!r} {account.secrets['token']}"


@pytest.mark.parametrize(
    ("attribution", "expected"), [("Source : CGET", "CGET"), ("CGET", "CGET"), ("Source :", "Source :"), ("", "")]
)
def test_the_name_of_a_source_follows_the_colon(attribution: str, expected: str) -> None:
    assert Source("a", "https://a.fr", attribution).name == expected


def test_a_body_has_a_handle_on_its_own_networks_only() -> None:
    directory = Directory({"cget": Body("cget", "CGET", {"x": "@CGET_gouv"})})
    assert [directory.handle("cget", network) for network in ("x", "mastodon")] == ["@CGET_gouv", None]
    assert [directory.mention(body, "mastodon") for body in ("cget", "autre")] == ["CGET", "autre"]


@pytest.mark.parametrize(
    ("step", "expected"),
    [("editor", {Role.EDITOR, Role.DIRECTOR}), ("director", {Role.DIRECTOR})],
)
def test_a_director_can_give_an_editor_s_yes_and_not_the_reverse(step: str, expected: set[Role]) -> None:
    assert {role for role in Role if may_approve(role, step)} == expected
