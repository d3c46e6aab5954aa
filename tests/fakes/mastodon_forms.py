"""What a status is to be, out of the body of a call: JSON, or a form as Rails reads it, which most libraries send."""

import json
from typing import Any
from urllib.parse import parse_qs

from tests.fakes.wire import Call


def told(call: Call) -> dict[str, Any]:
    """Name → value; a name that ends in ``[]`` has a list, whose empty values are none."""
    if not call.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        told: dict[str, Any] = json.loads(call.body)
        return told
    fields = parse_qs(call.body.decode(), keep_blank_values=True)
    return {name.removesuffix("[]"): _value(name, values) for name, values in fields.items()}


def _value(name: str, values: list[str]) -> str | list[str]:
    return [value for value in values if value] if name.endswith("[]") else values[-1]
