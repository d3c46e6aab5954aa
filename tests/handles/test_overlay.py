"""What editors name lies over the directory, network by network."""

from datetime import date

import pytest

from relay.core.directory.forms import FORMS, is_handle, pasted
from relay.core.directory.handles import Body, Directory, Former, Verified, found_in
from relay.core.directory.overlay import NONE, blank, identifier, lay, named_alike, over, with_handle

DAY = date(2026, 11, 24)
BY_HAND = Verified("by hand", DAY, "camille")
CGET = Body(
    "cget",
    "CGET",
    {"x": "@CGET_gouv", "mastodon": "@cget@a.example"},
    names=("Commissariat général",),
    acronyms=("CGET",),
    verified={"x": Verified("page", DAY), "mastodon": Verified("webfinger", DAY)},
)
DIRECTORY = Directory({"cget": CGET})


def test_a_network_that_an_editor_names_replaces_that_one_alone() -> None:
    named = Body("cget", "CGET", {"mastodon": "@cget@b.example", "bluesky": "@cget.example"}, verified={})
    body = over(DIRECTORY, [named]).bodies["cget"]
    assert body.handles == {"x": "@CGET_gouv", "mastodon": "@cget@b.example", "bluesky": "@cget.example"}
    assert body.verified == {"x": Verified("page", DAY)}
    assert (body.names, body.acronyms) == (CGET.names, CGET.acronyms)


def test_a_handle_can_be_taken_away_and_the_name_is_written() -> None:
    found = over(DIRECTORY, [Body("cget", "CGET", {"x": NONE})])
    assert found.handle("cget", "x") is None
    assert found.mention("cget", "x") == "CGET"
    assert found.bodies["cget"].verified.keys() == {"mastodon"}


def test_a_new_body_is_found_by_its_names() -> None:
    vh = Body("vh", "Vaubrune Habitat", {"x": "@vh"}, names=("Office de Vaubrune",), acronyms=("VH",))
    found = over(DIRECTORY, [vh])
    assert [one.body for one in found_in("Le CGET, Vaubrune Habitat, VH et l’Office de Vaubrune", found)] == [
        "cget",
        "vh",
        "vh",
        "vh",
    ]


def test_a_body_that_the_configuration_has_learnt_since_keeps_both_names() -> None:
    body = lay(Body("cget", "Autre", names=("Le CGET d’avant",), site="https://b.example/"), CGET)
    assert (body.name, body.names, body.site) == (
        "CGET",
        ("Commissariat général", "Le CGET d’avant"),
        "https://b.example/",
    )


def test_nothing_named_leaves_the_directory_as_it_is() -> None:
    assert over(DIRECTORY, []) is DIRECTORY


def set_(old: Body, handle: str, check: Verified | None = None, known: Body | None = CGET, network: str = "x") -> Body:
    return with_handle(old, known, network, handle, check)


def test_what_the_configuration_says_too_is_the_configurations() -> None:
    changed = set_(blank(CGET), "@autre")
    assert changed.handles == {"x": "@autre"}
    assert set_(changed, "@CGET_gouv") == blank(CGET)
    assert set_(blank(CGET), "@CGET_gouv", BY_HAND).verified == {"x": BY_HAND}


def test_a_check_lasts_as_long_as_its_handle() -> None:
    checked = set_(blank(CGET), "@autre", BY_HAND)
    assert set_(checked, "@autre").verified == {"x": BY_HAND}
    assert set_(checked, "@encore_un_autre").verified == {}
    assert set_(checked, NONE).verified == {}


def test_without_a_configuration_beneath_none_is_nothing() -> None:
    vh = Body("vh", "Vaubrune Habitat", {"x": "@vh"})
    assert set_(vh, NONE, known=None) == Body("vh", "Vaubrune Habitat")


def test_other_networks_stay_as_they_are() -> None:
    old = Body("cget", "CGET", {"bluesky": "@cget.example"}, verified={"bluesky": BY_HAND})
    new = set_(old, "@autre")
    assert (new.handles, new.verified) == ({"bluesky": "@cget.example", "x": "@autre"}, {"bluesky": BY_HAND})


@pytest.mark.parametrize(
    ("body", "shared"),
    [
        (Body("", "Cget"), [("Cget", "CGET")]),
        (Body("", "Autre", names=("commissariat  général",)), [("commissariat  général", "CGET")]),
        (Body("", "Autre", acronyms=("CGET",)), [("CGET", "CGET")]),
        (Body("", "Un autre"), []),
        (Body("cget", "CGET"), []),
    ],
)
def test_a_name_of_two_bodies_is_told(body: Body, shared: list[tuple[str, str]]) -> None:
    assert list(named_alike(body, DIRECTORY)) == shared


def test_a_former_name_may_be_somebodys_today() -> None:
    was = Directory({"anct": Body("anct", "ANCT", former=(Former("CGET", DAY),))})
    assert list(named_alike(Body("", "CGET"), was)) == []


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Agence de l’eau Loire-Bretagne", "agence-de-l-eau-loire-bretagne"),
        ("Œuvre d’Été", "oeuvre-d-ete"),
        ("CGET", "cget-2"),
        ("東京都", "body"),
        ("x" * 90, "x" * 60),
    ],
)
def test_an_identifier_is_made_of_the_name(name: str, id: str) -> None:
    assert identifier(name, {"cget"}) == id


GOOD = [
    ("mastodon", "@cget@social.example.fr"),
    ("mastodon", "@c.get_1@localhost.localdomain:8443"),
    ("bluesky", "@cget.bsky.social"),
    ("x", "@CGET_gouv"),
    ("threads", "@cget.gouv"),
    ("telegram", "@cget_gouv"),
    ("matrix", "@cget:matrix.example"),
    ("linkedin", "Commissariat général"),
]
BAD = [
    ("mastodon", "@cget"),
    ("mastodon", "cget@social.example"),
    ("mastodon", "@cget@social"),
    ("mastodon", "@cget@social.example\n"),
    ("bluesky", "cget.bsky.social"),
    ("bluesky", "@cget"),
    ("x", "CGET_gouv"),
    ("x", "@" + "a" * 16),
    ("x", "@été"),
    ("matrix", "@cget@matrix.example"),
    ("linkedin", "a\nb"),
]


@pytest.mark.parametrize(("network", "handle"), GOOD)
def test_what_can_be_a_handle(network: str, handle: str) -> None:
    assert is_handle(handle, network)
    assert pasted(handle, network) == handle


@pytest.mark.parametrize(("network", "handle"), BAD)
def test_what_cannot_be_one(network: str, handle: str) -> None:
    assert not is_handle(handle, network)


@pytest.mark.parametrize("network", FORMS)
def test_an_example_is_what_it_is_an_example_of(network: str) -> None:
    assert is_handle(FORMS[network].like, network)


@pytest.mark.parametrize(
    ("network", "text", "handle"),
    [
        ("mastodon", " cget@social.example ", "@cget@social.example"),
        ("mastodon", "https://social.example/@cget", "@cget@social.example"),
        ("mastodon", "https://social.example/users/cget/", "@cget@social.example"),
        ("mastodon", "https://social.example/@anct@autre.example", "@anct@autre.example"),
        ("bluesky", "https://bsky.app/profile/cget.example", "@cget.example"),
        ("bluesky", "cget.example", "@cget.example"),
        ("x", "https://twitter.com/CGET_gouv", "@CGET_gouv"),
        ("x", "https://www.x.com/CGET_gouv?lang=fr", "@CGET_gouv"),
        ("threads", "https://www.threads.net/@cget", "@cget"),
        ("x", "https://elsewhere.example/CGET_gouv", "https://elsewhere.example/CGET_gouv"),
        ("x", "https://[", "https://["),
        ("linkedin", " CGET ", "CGET"),
    ],
)
def test_what_people_paste_is_read(network: str, text: str, handle: str) -> None:
    assert pasted(text, network) == handle
