"""The API's documentation is whole, right, and what a real server does."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

from relay.core.crosspost import Image, State
from relay.core.programs.token import Scope
from relay.core.question import Kind
from relay.storage import questions
from relay.web.api.operation import Operation
from relay.web.api.operations import OPERATIONS
from relay.web.api.routes import routes, written
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.edges.programs import ROOT, program

DOCS = Path(__file__).parents[2] / "docs"
BODIES: dict[str, dict[str, Any]] = {
    "edit": {"text": "Autres mots https://blog.example/ #SMCL", "revision": 1},
    "resubmit": {"revision": 1},
    "plan": {"at": "2026-11-26T09:30:00+01:00", "revision": 1},
    "describe": {"alt": "Une place"},
    "count": {"account": "masto", "text": "a"},
    "stop": {"reason": "Une erreur"},
}
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900)


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written())
    return found


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        with newsroom.office.db.write() as tx:
            questions.ask(tx, "anct", Kind.FLOOD, "", (1, 2), newsroom.clock())
        yield newsroom


def test_it_is_what_the_standard_wants(document: dict[str, Any]) -> None:
    validate(document)
    assert document["openapi"] == "3.1.0"


def test_the_page_of_the_documentation_is_current() -> None:
    assert (DOCS / "openapi.json").read_bytes() == written()


def test_whoever_has_no_token_may_read_it(room: Newsroom) -> None:
    answer = room.visitor().get(f"{ROOT}/openapi.json")
    assert (answer.status_code, answer.content) == (200, written())


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_every_operation_is_described(operation: Operation) -> None:
    assert operation.summary
    assert operation.about.endswith((".", "there."))
    assert all(parameter.about.endswith(".") for parameter in operation.asks)


def test_every_operation_has_a_name_and_an_address_of_its_own() -> None:
    assert (
        len({one.name for one in OPERATIONS}) == len({(one.method, one.path) for one in OPERATIONS}) == len(OPERATIONS)
    )


def test_every_route_is_an_operation(document: dict[str, Any]) -> None:
    told = {(method.upper(), path) for path, own in document["paths"].items() for method in own}
    own = [route for route in routes() if route.path.startswith(f"{ROOT}/")]
    made = {(method, route.path) for route in own for method in (route.methods or set()) - {"HEAD"}}
    assert made - {("GET", f"{ROOT}/openapi.json")} == told


def test_every_shape_of_a_body_is_closed(document: dict[str, Any]) -> None:
    bodies = [
        own["requestBody"] for path in document["paths"].values() for own in path.values() if "requestBody" in own
    ]
    names = [body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2] for body in bodies]
    assert names
    assert all(document["components"]["schemas"][name]["additionalProperties"] is False for name in names)


def check(document: dict[str, Any], operation: Operation, answer: httpx.Response) -> None:
    """Whether the answer is one of those that the documentation tells of."""
    told = document["paths"][f"{ROOT}{operation.path}"][operation.method.lower()]["responses"]
    assert str(answer.status_code) in told, answer.text
    one = told[str(answer.status_code)]
    kind, _, _ = answer.headers["content-type"].partition(";")
    schema = {"components": document["components"], **one["content"][kind]["schema"]}
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(answer.json())
    assert all(name in answer.headers for name in one.get("headers", {}))


def asked(room: Newsroom, client: httpx.Client, operation: Operation, **places: str) -> httpx.Response:
    path = operation.path.format(**{"id": "1", "source": "anct", "action": "approve", **places})
    return client.request(operation.method, path, json=BODIES.get(operation.name))


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_a_real_server_answers_as_it_says(document: dict[str, Any], room: Newsroom, operation: Operation) -> None:
    draft = replace(room.crosspost(1).draft, image=IMAGE)
    room.change(1, draft=draft, state=State.CHANGES)
    answer = asked(room, program(room), operation)
    check(document, operation, answer)
    assert answer.is_success is (operation.name != "judge")


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_and_so_it_does_where_something_is_wrong(
    document: dict[str, Any], room: Newsroom, operation: Operation
) -> None:
    for client in (program(room, Scope.STOP), program(room, Scope.READ), room.visitor()):
        client.base_url = httpx.URL(f"{room.url}{ROOT}")
        check(document, operation, asked(room, client, operation))
    check(
        document,
        operation,
        program(room).request(operation.method, "/".join(_strange(operation.path)), params={"x": "y"}),
    )
    if operation.takes:
        check(
            document,
            operation,
            program(room).request(operation.method, "/".join(_strange(operation.path)), content=b"{"),
        )
    if "{id}" in operation.path:
        check(document, operation, asked(room, program(room), operation, id="999"))


def _strange(path: str) -> list[str]:
    return path.format(id="1", source="anct", action="approve").split("/")
