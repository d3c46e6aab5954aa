"""``/metrics``: the numbers of the queue, the sources and the machine, for whoever may see the queue."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from relay.core.ailment import Ailing, Ailment
from relay.core.crosspost import State
from relay.core.people import Role
from relay.core.programs.token import Scope
from relay.pipeline.measuring import MEASURES
from tests.edges.newsroom import NOON, Newsroom, open_newsroom
from tests.edges.programs import refused, token

ROOT = Path(__file__).parents[2]
DOCS, DEPLOY = ROOT / "docs" / "metrics.md", ROOT / "deploy"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


def asked(room: Newsroom, *scopes: Scope, accounts: tuple[str, ...] = ()) -> httpx.Response:
    key = token(room, *scopes, accounts=accounts)
    return room.visitor().get("/metrics", headers={"Authorization": f"Bearer {key}"})


def numbers(answer: httpx.Response) -> dict[tuple[str, ...], float]:
    """Each sample by its name and the values of its labels."""
    assert answer.status_code == 200, answer.text
    families = text_string_to_metric_families(answer.text)
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def test_they_say_what_the_queue_says(room: Newsroom) -> None:
    room.change(1, state=State.UNCONFIRMED, changed_at=NOON)
    found = numbers(asked(room, Scope.READ))
    assert found["relay_crossposts", "unconfirmed"] == 1
    assert found["relay_crossposts", "waiting"] == 9
    assert found["relay_crossposts", "failed"] == 0
    assert found["relay_crosspost_state_since_timestamp_seconds", "unconfirmed"] == NOON.timestamp()
    assert found["relay_sources", "none"] == 1
    assert found["relay_entries",] == 5
    assert found["relay_account_usable", "masto", "mastodon"] in {0, 1}
    assert found["process_resident_memory_bytes",] > 0


def test_a_machine_that_fails_is_a_number(tmp_path: Path) -> None:
    full = Ailing("feeds", "/srv/feeds", Ailment.FULL, NOON)
    with open_newsroom(tmp_path, ailing=lambda: (full,)) as room:
        answer = asked(room, Scope.READ)
    assert numbers(answer)["relay_machine_failing", "feeds", "full"] == 1
    assert "/srv/feeds" not in answer.text


def test_a_stop_is_a_number(room: Newsroom) -> None:
    assert numbers(asked(room, Scope.READ))["relay_stopped",] == 0
    room.editor("dora", Role.DIRECTOR).post("/stop", data={"reason": "une erreur"})
    assert numbers(asked(room, Scope.READ))["relay_stopped",] == 1


def test_a_session_opens_them_as_well(room: Newsroom) -> None:
    assert numbers(room.editor("vera", Role.VIEWER).get("/metrics"))["relay_entries",] == 5


def test_nobody_else_sees_them(room: Newsroom) -> None:
    assert refused(room.visitor().get("/metrics")) == (401, "no_token")
    assert refused(room.visitor().get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"})) == (401, "no_token")
    assert refused(asked(room, Scope.STOP)) == (403, "scope")
    assert refused(asked(room, Scope.READ, accounts=("masto",))) == (403, "measures_are_of_all")


def test_the_documentation_tells_each(room: Newsroom) -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \|$", DOCS.read_text(), re.MULTILINE)
    assert rows == [(one.name, ", ".join(f"`{label}`" for label in one.labels) or "–", one.about) for one in MEASURES]
    names = {name for name, *_ in numbers(asked(room, Scope.READ))}
    assert {name for name in names if name.startswith("relay_")} <= {one.name for one in MEASURES}


@pytest.mark.parametrize("file", ["prometheus/relay.rules.yml", "grafana/relay.json"])
def test_alerts_and_dashboard_ask_for_nothing_else(file: str) -> None:
    known = {one.name: set(one.labels) for one in MEASURES}
    text = (DEPLOY / file).read_text()
    asked = set(re.findall(r"\brelay_\w+", text))
    assert asked <= set(known)
    for name, labels in re.findall(r"\b(relay_\w+)\{(\w+)[!=]", text):
        assert labels in known[name]
    for state in re.findall(r'state=~?\\?"([\w|]+)', text):
        assert set(state.split("|")) <= set(State)
