"""A step only adds, so that a process of the version before it goes on; what takes something away is listed here."""

import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import Column, MetaData, Table, create_engine, text

from tests.upgrades.made import REVISIONS

LISTED = {
    "0002": "sources were remade, before there was a version beside another",
    "0009": "each line of the audit has a hash, before there was a version beside another",
}
"""Steps that a process of the version before does not survive. From 0020 on such a step says so in `compatibility`."""


def tables(file: Path) -> dict[str, Table]:
    found = MetaData()
    engine = create_engine(f"sqlite:///{file}")
    found.reflect(engine)
    engine.dispose()
    return dict(found.tables)


def taken(before: dict[str, Table], after: dict[str, Table]) -> list[str]:
    """What a process that knows only ``before`` would miss, or would not write, in ``after``."""
    wrong = [f"{name} is gone" for name in before if name not in after]
    for name, old in before.items():
        if name in after:
            wrong += [f"{name}.{said}" for said in _columns(old, after[name])]
    return wrong


def _columns(old: Table, new: Table) -> list[str]:
    gone = [f"{one.name} is gone" for one in old.columns if one.name not in new.columns]
    both = [(one, new.columns[one.name]) for one in old.columns if one.name in new.columns]
    other = [
        f"{one.name} is another" for one, now in both if _said(one) != _said(now) or (one.nullable and not now.nullable)
    ]
    added = [one for one in new.columns if one.name not in old.columns]
    unknown = [f"{one.name} must be written" for one in added if not one.nullable and one.server_default is None]
    unique = [f"{one} is unique" for one in _unique(new) - _unique(old) if set(one) <= set(old.columns.keys())]
    return gone + other + unknown + unique


def _said(column: Column[object]) -> str:
    return str(column.type)


def _unique(table: Table) -> set[tuple[str, ...]]:
    return {tuple(sorted(index.columns.keys())) for index in table.indexes if index.unique}


@pytest.mark.parametrize(("before", "after"), [*pairwise(REVISIONS)])
def test_a_step_only_adds_unless_it_is_listed(empty: Path, before: str, after: str) -> None:
    found = taken(tables(empty / before), tables(empty / after))
    assert bool(found) == (after in LISTED), found


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("ALTER TABLE feeds DROP COLUMN looks", "feeds.looks is gone"),
        ("DROP TABLE quarantine", "quarantine is gone"),
        ("ALTER TABLE feeds RENAME COLUMN looks TO shape", "feeds.looks is gone"),
        ("CREATE UNIQUE INDEX one ON feeds (tag)", "feeds.('tag',) is unique"),
    ],
)
def test_what_takes_something_away_is_found(empty: Path, tmp_path: Path, step: str, said: str) -> None:
    file = Path(shutil.copy(empty / REVISIONS[-1], tmp_path / "relay.db"))
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as tx:
        tx.execute(text(step))
    engine.dispose()
    assert said in taken(tables(empty / REVISIONS[-1]), tables(file))


def test_a_column_that_the_version_before_does_not_write_is_found(empty: Path, tmp_path: Path) -> None:
    """As 0009 did it: a column more that may not be empty, and has nothing by itself."""
    assert "audit.hash must be written" in taken(tables(empty / "0008"), tables(empty / "0009"))
