"""Filters of the configuration: what a good one becomes, and that a rule of old keeps its meaning."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from relay.core.expression.tree import And, Comparison, Not
from tests.edges.configurations import SOURCE, good, loaded

ROUTE = '[accounts.a]\nnetwork = "sandbox"\n[[routes]]\nfrom = "cget"\nto = "a"\n'
URGENT = Comparison("title", "~", "urgent")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("'title ~ urgent'", (URGENT,)),
        ("['title ~ urgent', 'not has image']", (URGENT, Not(Comparison("image", "has")))),
        ("'title ~ \"urgent\" and has image'", (And((URGENT, Comparison("image", "has"))),)),
        ("'''\n  title ~ /urgent/\n  and has image\n'''", (And((URGENT, Comparison("image", "has"))),)),
    ],
)
def test_a_route_takes_what_its_filters_hold_for(
    tmp_path: Path, written: str, expected: tuple[Comparison, ...]
) -> None:
    assert good(tmp_path, f"{SOURCE}{ROUTE}when = {written}\n").routes[0].when == expected


def test_a_route_without_filters_takes_everything(tmp_path: Path) -> None:
    assert good(tmp_path, f"{SOURCE}{ROUTE}").routes[0].when == ()


@pytest.mark.parametrize("place", [f"{SOURCE}%s{ROUTE}", f"{SOURCE}{ROUTE}%s"])
def test_a_day_begins_in_the_files_time_zone(tmp_path: Path, place: str) -> None:
    key = "drop" if place.endswith(ROUTE) else "when"
    text = place % f'{key} = "published < 2026-01-31"\n'
    found = good(tmp_path, f'timezone = "Europe/Paris"\n{text}')
    rules = (*found.sources[0].drop, *found.routes[0].when)

    assert rules == (Comparison("published", "<", "2026-01-31", datetime(2026, 1, 30, 23, tzinfo=UTC)),)


@pytest.mark.parametrize(
    ("language", "what", "hint"),
    [
        ("fr", "« titel » n'est pas un champ de filtre", "vouliez-vous dire « title » ?"),
        ("en", "“titel” is not a field of a filter", "did you mean “title”?"),
    ],
)
def test_a_mistyped_field_gets_a_suggestion_in_the_files_language(
    tmp_path: Path, language: str, what: str, hint: str
) -> None:
    message = loaded(tmp_path, f'language = "{language}"\n{SOURCE}keep = "titel ~ ville"\n').messages[0]
    assert (message.code, message.column, message.length, message.what, message.hint) == ("R080", 9, 5, what, hint)
