"""The parameters of questions."""

from functools import partial

from relay.core.crosspost import State
from relay.web.api.operation import Parameter
from relay.web.done import number

LONGEST = 200
"""Characters of what is looked for."""


def _states(text: str) -> tuple[State, ...] | None:
    words = text.split(",")
    return tuple(dict.fromkeys(map(State, words))) if all(word in set(State) for word in words) else None


def _whole(low: int, high: int, text: str) -> int | None:
    found = number(text)
    return found if found is not None and low <= found <= high else None


def _text(text: str) -> str | None:
    return text if 0 < len(text.strip()) <= LONGEST and "\0" not in text else None


_SOME = {"type": "string", "minLength": 1, "maxLength": LONGEST}

STATE = Parameter(
    "state",
    "States, with commas between; all where none is named.",
    {"type": "string", "examples": ["waiting,changes"]},
    _states,
)
ACCOUNT = Parameter("account", "An account of the configuration.", _SOME, _text)
SOURCE = Parameter("source", "A source of the configuration.", _SOME, _text)
SEARCH = Parameter("q", "Words that must all be there, whatever their accents and capitals.", _SOME, _text)
AFTER = Parameter(
    "after", "Where the page begins: `next` of the page before.", {"type": "integer", "minimum": 0}, number
)
LIMIT = Parameter(
    "limit",
    "How many to give at most, from 1 to 200.",
    {"type": "integer", "minimum": 1, "maximum": 200},
    partial(_whole, 1, 200),
)
