"""What there is to ask for: one value an operation, from which both its route and its documentation are made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from starlette.datastructures import Headers

from relay.core.programs.token import Program, Scope
from relay.web.office import Office

Method = Literal["GET", "POST", "PATCH", "PUT"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One of the query: what it means, its JSON Schema, and what makes a value of its text (``None``: it is none)."""

    name: str
    about: str
    schema: Mapping[str, Any]
    read: Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One request: who asks, what is in its address, and its body as ``Operation.takes`` has it."""

    office: Office
    program: Program
    path: Mapping[str, str]
    query: Mapping[str, Any]
    body: Any
    headers: Headers


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back: a value that has the shape ``Operation.gives``."""

    value: object
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Operation:
    """``scope`` is what the token must open, ``None`` where any will do. ``fails`` are statuses beside those of all.

    ``takes`` and ``gives`` are dataclasses: the shapes of the body and of the answer.
    """

    method: Method
    path: str
    name: str
    summary: str
    about: str
    run: Callable[[Call], Answer]
    gives: type | None
    scope: Scope | None = Scope.READ
    takes: type | None = None
    asks: tuple[Parameter, ...] = ()
    fails: tuple[int, ...] = ()
