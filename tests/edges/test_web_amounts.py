"""Sizes and spans of time as people say them, in both languages."""

from datetime import timedelta

import pytest

from relay.web.amounts import seconds, size, span
from relay.web.moments import brief
from tests.edges.newsroom import NOON


@pytest.mark.parametrize(
    ("number", "french", "english"),
    [
        (0, "0 octets", "0 bytes"),
        (999, "999 octets", "999 bytes"),
        (1000, "1,0 ko", "1.0 kB"),
        (12345, "12,3 ko", "12.3 kB"),
        (999_999, "1000 ko", "1000 kB"),
        (123_456_789, "123 Mo", "123 MB"),
        (5_000_000_000_000, "5000 Go", "5000 GB"),
    ],
)
def test_bytes(number: int, french: str, english: str) -> None:
    assert [size(number, language).replace("\u00a0", " ") for language in ("fr", "en")] == [french, english]


@pytest.mark.parametrize(
    ("of", "french", "english"),
    [
        (timedelta(seconds=20), "0,5 minute", "0.5 minutes"),
        (timedelta(minutes=1), "1 minute", "1 minute"),
        (timedelta(minutes=90), "1,5 heure", "1.5 hours"),
        (timedelta(hours=2), "2 heures", "2 hours"),
        (timedelta(days=1), "1 jour", "1 day"),
        (timedelta(days=2, hours=23), "3 jours", "3 days"),
        (timedelta(days=5844), "16 ans", "16 years"),
    ],
)
def test_spans(of: timedelta, french: str, english: str) -> None:
    assert [span(of, language).replace("\u00a0", " ") for language in ("fr", "en")] == [french, english]


def test_exchanges() -> None:
    assert [seconds(one).replace("\u00a0", " ") for one in (0.0, 0.42, 9.999, 30.2)] == [
        "0 ms",
        "420 ms",
        "9999 ms",
        "30 s",
    ]


def test_a_column_of_times_names_the_year_where_it_is_another() -> None:
    told = [brief(NOON - timedelta(days=days), NOON, "Europe/Paris", "fr") for days in (0, 365)]
    assert told == ["24 nov. 12:00", "24 nov. 2025 12:00"]
