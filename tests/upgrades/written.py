"""What columns of text hold, as the version of each schema wrote it."""

import json
from functools import cache
from pathlib import Path

PLACES = {
    ("entries", "post"): "post",
    ("earlier", "post"): "post",
    ("crossposts", "draft"): "draft",
    ("revisions", "draft"): "draft",
    ("wordings", "draft"): "draft",
    ("crossposts", "approvals"): "approvals",
    ("crossposts", "keys"): "keys",
    ("messages", "keys"): "keys",
    ("crossposts", "request"): "request",
    ("sources", "state"): "state",
    ("sources", "origin"): "origin",
}
"""Which column holds which value of ``written.json``."""
LISTS = {
    ("fetches", "notes"),
    ("questions", "entries"),
    ("users", "accounts"),
    ("tokens", "scopes"),
    ("tokens", "accounts"),
    ("crossposts", "parts"),
    ("issues", "members"),
}
BODY = '{"id":"body-NUMBER","name":"Organisme NUMBER","handles":{"x":"@organisme_NUMBER"}}'
OBJECTS = {("preferences", "chosen"), ("notices", "said")}


def text(revision: str, table: str, column: str, number: int) -> str | None:
    """What the row of this number has in this column; ``None`` where any text will do."""
    if (table, column) in LISTS:
        return "[]"
    if (table, column) in OBJECTS:
        return "{}"
    if (table, column) == ("bodies", "body"):
        return BODY.replace("NUMBER", str(number))
    kind = PLACES.get((table, column))
    return values(revision)[kind].replace("NUMBER", str(number)) if kind else None


@cache
def values(revision: str) -> dict[str, str]:
    """By the name of each, with NUMBER where the row's number stands; those of this schema: each stands with the first schema whose version wrote it so."""
    found: dict[str, str] = {}
    known = json.loads(Path(__file__).with_name("written.json").read_text(encoding="utf-8"))
    for since in sorted(known):
        if since <= revision:
            found |= known[since]
    return found
