"""JSON and CSV of other tools, of any quality: only what has the expected shape is seen."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from relay.intake.importing.imported import File, Left
from relay.intake.reading.decoding import decode

Record = Mapping[str, Any]
_HALF = re.compile(r"[\ud800-\udfff]")
"""Half of a character, as programs leave it that cut texts; no file and no database takes it."""


def read_json(file: File) -> Any | Left:
    """The document, whatever it is."""
    text = decode(file.body, None).text.removeprefix("\ufeff")
    try:
        return sound(json.loads(text))
    except json.JSONDecodeError as error:
        return Left(file.name, error.lineno, f"this is no JSON: {error.msg}")
    except (RecursionError, ValueError) as error:
        return Left(file.name, None, f"this JSON is not read: {str(error)[:200]}")


def sound(value: Any) -> Any:
    """The same document with nothing in its texts that cannot be written."""
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value).replace("\0", "")
    if isinstance(value, list):
        return [sound(one) for one in value]
    return {sound(key): sound(one) for key, one in value.items()} if isinstance(value, dict) else value


def read_csv(file: File) -> list[Record] | Left:
    """The rows, by the names in the first line."""
    text = decode(file.body, None).text.removeprefix("\ufeff").replace("\0", "")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        return [{key: value for key, value in row.items() if key} for row in reader]
    except csv.Error as error:
        return Left(file.name, reader.line_num, f"this is no CSV: {error}")


def records(value: Any) -> Iterator[Record]:
    """The objects in a list; of anything else none."""
    return (one for one in value if isinstance(one, dict)) if isinstance(value, list) else iter(())


def record(value: Any) -> Record:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else {}


def text(record: Record, *keys: str) -> str:
    """The first of these that is a text or a number, without space around it; empty where none is."""
    for key in keys:
        value = record.get(key)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""


def moment(value: Any) -> datetime | None:
    """A time as JSON and databases write it: ISO 8601, in UTC where no zone is said, or seconds since 1970."""
    try:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        found = datetime.fromisoformat(str(value).strip())
    except (OverflowError, OSError, ValueError):
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC) if found.year > 1 else None
