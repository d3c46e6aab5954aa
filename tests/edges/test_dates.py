from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.intake import dates


@pytest.mark.parametrize(
    "text",
    [
        *("lun., 15 janv. 2024 10:00:00 +0100", "lundi 15 janvier 2024 à 09h00", "15/01/2024 09:00", "1705309200"),
        *("Mon, 15 Jan 2024 09:00:00 GMT", "2024-01-15T10:00:00+01:00", "2024/01/15 09:00", "Jan 15, 2024 9:00 AM"),
        *(
            "Mon, 15 Jan 2024 10:00:00 CET",
            "Mon, 15 Jan 2024 10:00:00 Europe/Paris",
            "1705309200000",
            "Mon, 1/15/2024 - 9:00",
        ),
    ],
)
def test_a_date_is_read_in_whatever_manner_it_is_written(text: str) -> None:
    assert dates.parse(text) == datetime(2024, 1, 15, 9, tzinfo=UTC)


def test_a_day_of_the_year_is_a_date() -> None:
    assert dates.parse("2024-065") == datetime(2024, 3, 5, tzinfo=UTC)
    assert dates.parse("2023-366") is None


def test_no_date_is_better_than_one_that_is_half_a_day_off() -> None:
    assert dates.parse("2004-05-25 오후 11:23:17") is None


@pytest.mark.parametrize("text", ["", "hier", "0000-00-00", "0001-01-01T00:00:00Z", "45/13/2024", "9" * 20, None, 7])
def test_what_is_no_date_is_none(text: object) -> None:
    assert dates.parse(text) is None


@given(st.text(max_size=60))
def test_no_text_is_too_strange_for_a_date(text: str) -> None:
    assert dates.parse(text) is None or isinstance(dates.parse(text), datetime)
