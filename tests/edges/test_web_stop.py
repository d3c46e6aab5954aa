"""The emergency stop and the audit on the pages."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from relay.core.people import Role
from relay.core.review import chain
from relay.storage import stops
from tests.edges.newsroom import Newsroom, open_newsroom

WHY = "Un chiffre faux dans le communiqué"


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as room:
        yield room


def is_stopped(newsroom: Newsroom) -> bool:
    with newsroom.office.db.read() as tx:
        return stops.in_force(tx) is not None


@pytest.mark.parametrize("role", [Role.EDITOR, Role.DIRECTOR, Role.ADMIN])
def test_everything_is_stopped_and_goes_on_again(newsroom: Newsroom, role: Role) -> None:
    camille, anne = newsroom.editor("camille", role), newsroom.editor("anne", Role.WRITER)
    assert "/stop" in camille.get("/review").text
    camille.post("/stop", data={"reason": WHY})
    assert is_stopped(newsroom)
    for browser in (camille, anne):
        for path in ("/review", "/sources"):
            said = " ".join(browser.get(path).text.split())
            assert "camille a tout arrêté" in said
            assert f"« {WHY} »" in said
            assert "Envois en attente : 0" in said
    assert newsroom.nudged == []
    camille.post("/resume")
    assert not is_stopped(newsroom)
    assert WHY not in anne.get("/review").text
    assert newsroom.nudged == ["deliver"]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.WRITER])
def test_whoever_may_not_is_told_so(newsroom: Newsroom, role: Role) -> None:
    refused = newsroom.editor("anne", role).post("/stop", data={"reason": WHY})
    assert (refused.status_code, is_stopped(newsroom)) == (403, False)
    assert "anne (" in refused.text


def test_a_stop_without_a_reason_is_refused(newsroom: Newsroom) -> None:
    refused = newsroom.editor().post("/stop", data={"reason": "  "})
    assert (refused.status_code, is_stopped(newsroom)) == (409, False)
    assert "donnez une raison" in refused.text


def test_what_is_stopped_is_not_stopped_twice(newsroom: Newsroom) -> None:
    newsroom.editor("camille").post("/stop", data={"reason": WHY})
    again = newsroom.editor("anne").post("/stop", data={"reason": "Autre chose"})
    assert again.status_code == 409
    assert "Tout est déjà arrêté, par camille" in again.text


def test_a_visitor_stops_nothing(newsroom: Newsroom) -> None:
    assert newsroom.visitor().post("/stop", data={"reason": WHY}).status_code == 401
    assert WHY not in newsroom.visitor().get("/").text
    assert not is_stopped(newsroom)


def test_another_site_stops_nothing(newsroom: Newsroom) -> None:
    camille = newsroom.editor()
    assert camille.post("/stop", data={"reason": WHY}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not is_stopped(newsroom)


def test_the_service_says_that_it_is_stopped_and_is_well(newsroom: Newsroom) -> None:
    newsroom.editor().post("/stop", data={"reason": WHY})
    health = newsroom.visitor().get("/health")
    assert health.json()["stopped"] == {"since": "2026-11-24T11:00:00Z"}


def test_the_audit_is_taken_away_and_holds(newsroom: Newsroom) -> None:
    answer = newsroom.editor("didier", Role.DIRECTOR).get("/audit.jsonl")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="audit.jsonl"'
    assert chain.verify(lines).wrong == ""
    assert (lines[-1]["who"], lines[-1]["means"], lines[-1]["what"]) == ("didier", "page", "exported")
    assert [line["what"] for line in lines[:10]] == ["new entry"] * 10


@pytest.mark.parametrize("role", [Role.VIEWER, Role.WRITER, Role.EDITOR])
def test_the_audit_is_not_for_everybody(newsroom: Newsroom, role: Role) -> None:
    answer = newsroom.editor("anne", role).get("/audit.jsonl")
    assert (answer.status_code, "new entry" in answer.text) == (403, False)
    assert newsroom.visitor().get("/audit.jsonl").status_code == 401


def test_a_director_overrides_with_a_reason_and_the_history_says_so(newsroom: Newsroom) -> None:
    one = newsroom.crosspost(1)
    newsroom.editor("didier", Role.DIRECTOR).post(
        "/review/1/override", data={"revision": one.revision, "reason": "Urgent"}
    )
    assert newsroom.crosspost(1).state == "approved"
    assert newsroom.history(1)[-1].what == "override: Urgent"


def test_an_editor_overrides_nothing(newsroom: Newsroom) -> None:
    refused = newsroom.editor("camille").post("/review/1/override", data={"revision": 1, "reason": "Urgent"})
    assert (refused.status_code, newsroom.crosspost(1).state) == (403, "waiting")
