"""The directory that comes with relay, and the operator's own entries before it."""

from datetime import date
from pathlib import Path

import pytest

from relay.core.directory.handles import Former, Mentioning, Verified, found_in
from tests.edges.configurations import good
from tests.handles.measure import DIRECTORY

FR = 'version = 1\ndirectory = ["fr"]\n'
FILE = Path(__file__).parents[2] / "src" / "relay" / "config" / "directory" / "fr.toml"


def test_it_knows_sixty_bodies_and_more() -> None:
    assert len(DIRECTORY.bodies) >= 60


@pytest.mark.parametrize("body", DIRECTORY.bodies.values(), ids=lambda body: body.id)
def test_a_handle_has_the_day_on_which_it_was_verified_and_its_source_beside(body: object) -> None:
    assert isinstance(body, type(DIRECTORY.bodies["anct"]))
    lines = FILE.read_text(encoding="utf-8").split("\n")
    assert body.handles.keys() == body.verified.keys()
    assert all(any(f'"{handle}" # ' in line for line in lines) for handle in body.handles.values())


@pytest.mark.parametrize("body", DIRECTORY.bodies.values(), ids=lambda body: body.id)
def test_every_body_is_found_by_its_plain_name(body: object) -> None:
    assert isinstance(body, type(DIRECTORY.bodies["anct"]))
    text = f"Voici {body.name}, en toutes lettres."
    assert [found.body for found in found_in(text, DIRECTORY)] == [body.id]


def test_it_is_off_unless_it_is_asked_for(tmp_path: Path) -> None:
    assert good(tmp_path, "version = 1\n").directory.bodies == {}
    assert good(tmp_path, FR).directory.bodies["anct"].former[0] == Former("CGET", date(2020, 1, 1))


def test_a_source_may_mention_who_is_in_it(tmp_path: Path) -> None:
    source = '[sources.a]\nurl = "https://a.example/rss"\nmentions = ["anct"]\n'
    assert good(tmp_path, f"{FR}{source}").sources[0].mentions == ("anct",)


def test_own_handles_stand_in_place_of_those_of_the_directory(tmp_path: Path) -> None:
    found = good(tmp_path, f'{FR}[handles.ign]\nname = "IGN"\nmastodon = "@ign@social.exemple.fr"\n').directory
    assert found.bodies["ign"].handles == {"mastodon": "@ign@social.exemple.fr"}
    text = "l’Institut national de l’information géographique et forestière"
    assert [one.body for one in found_in(text, found)] == ["ign"]


def test_an_own_name_is_taken_from_the_others(tmp_path: Path) -> None:
    found = good(tmp_path, f'{FR}[handles.agence]\nname = "ANRU"\nnames = ["Anru"]\n').directory
    assert [one.body for one in found_in("l’ANRU et l’Anru", found)] == ["agence", "agence"]
    assert [one.body for one in found_in("Agence nationale de rénovation urbaine", found)] == ["anru"]


def test_an_own_body_of_the_same_plain_name_replaces_the_other(tmp_path: Path) -> None:
    found = good(tmp_path, f'{FR}[handles.statistique]\nname = "Insee"\n').directory
    assert "statistique" in found.bodies
    assert [one.body for one in found_in("selon l’Insee", found)] == ["statistique"]


def test_every_key_of_a_body_is_read(tmp_path: Path) -> None:
    text = """version = 1
[handles.anct]
name = "Agence nationale de la cohésion des territoires"
names = ["Agence des territoires"]
acronyms = ["ANCT"]
former = ["CGET until 2020-01-01"]
kind = "body"
site = "https://anct.gouv.fr/"
mastodon = "@anct@social.exemple.fr"
verified = { mastodon = "by hand 2026-11-24" }
[mentions]
max = 2
max_on = { x = 1 }
find = false
"""
    found = good(tmp_path, text).directory
    body = found.bodies["anct"]
    assert (body.names, body.acronyms, body.kind) == (("Agence des territoires",), ("ANCT",), "body")
    assert body.former == (Former("CGET", date(2020, 1, 1)),)
    assert body.verified == {"mastodon": Verified("by hand", date(2026, 11, 24))}
    assert found.mentioning == Mentioning(find=False, max=2, max_on={"x": 1})
