"""How results look: JSON for programs, aligned columns for people."""

import json
from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path


def print_json(value: object) -> None:
    """One JSON document; times are UTC with "Z", dataclasses are objects."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def print_table(rows: Sequence[Sequence[object]]) -> None:
    """Columns as wide as their widest cell; the last is not padded."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)] if texts else []
    for row in texts:
        print("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=True))]).rstrip())


def utc(moment: datetime | None) -> str | None:
    """A time as every command writes it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if moment else None


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return utc(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Path):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
