"""G9 and G10: dates as they are written, and documents as they are."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.fakes.feed_server import answer
from tests.polling.documents import START, hourly, news, ok, rss
from tests.polling.world import DAY, World

FIFTEENTH = datetime(2024, 1, 15, tzinfo=UTC)


def test_g9_an_undated_entry_has_the_time_of_its_first_sight_for_ever(world: World) -> None:
    url = world.follow(ok(rss([news(1, None)])), ok(rss([news(1, None)], "<ttl>61</ttl>")))
    world.next()
    first = world.now
    for _ in range(3):
        [entry] = world.entries(url)
        assert entry.published is not None
        assert abs(entry.published - first) < timedelta(minutes=1)
        world.next()


def test_g9_a_date_in_the_future_is_clamped_and_said(world: World) -> None:
    url = world.follow(ok(rss([news(1, START + 40 * DAY), news(2, START)])))
    world.next()
    dates = [entry.published for entry in world.entries(url)]
    assert all(date is not None and date <= START + DAY for date in dates)
    assert "future" in world.told(url).text


def test_g9_a_date_of_tomorrow_stands(world: World) -> None:
    soon = START + timedelta(hours=20)
    url = world.follow(ok(rss([news(1, soon)])))
    world.next()
    assert [entry.published for entry in world.entries(url)] == [soon]


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("1705312800", FIFTEENTH + timedelta(hours=10)),
        ("lun., 15 janv. 2024 10:00:00 +0100", FIFTEENTH + timedelta(hours=9)),
        ("lundi 15 janvier 2024 10:00:00 +0100", FIFTEENTH + timedelta(hours=9)),
        ("Mon, 15 Jan 2024 10:00:00 +0100", FIFTEENTH + timedelta(hours=9)),
        ("2024-01-15T10:00:00+01:00", FIFTEENTH + timedelta(hours=9)),
    ],
)
def test_g9_a_date_is_read_as_it_was_meant(world: World, written: str, date: datetime) -> None:
    url = world.follow(ok(rss([news(1, written)])))
    world.next()
    assert [entry.published for entry in world.entries(url)] == [date]


@pytest.mark.parametrize("written", ["15/01/2024 10:00", "03/02/2024 10:00"])
def test_g9_a_date_with_strokes_has_its_day_first(world: World, written: str) -> None:
    url = world.follow(ok(rss([news(1, written)], "<language>fr</language>")))
    world.next()
    [entry] = world.entries(url)
    assert entry.published is not None
    assert f"{entry.published:%d/%m/%Y}" == written[:10]


WHOLE = rss([news(1), news(2)])
XML = (b"Content-Type", b"text/xml")
TYPED = (b"Content-Type", b"application/rss+xml")


def titled(title: bytes) -> bytes:
    return WHOLE.replace("Actualité 2".encode(), title)


DAMAGED = {
    "ampersand": (titled(b"Gaz & eau"), TYPED, "Gaz & eau"),
    "nbsp": (titled(b"Gaz&nbsp;eau"), TYPED, "Gaz eau"),
    "vertical tab": (titled(b"Gaz\x0beau"), TYPED, "Gaz eau"),
    "blank before": (b" \n" + titled(b"Gaz"), TYPED, "Gaz"),
    "windows-1252": (titled(b"L\x92\xe9t\xe9").replace("é".encode(), b"\xe9"), TYPED, "L’été"),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_g10_a_damaged_document_is_read_and_called_repaired(world: World, kind: str) -> None:
    body, type_, title = DAMAGED[kind]
    url = world.follow(answer(200, body, [type_]))
    world.next()
    titles = [re.sub(r"\s+", " ", read or "") for read in world.titles(url)]
    assert len(titles) == 2
    assert any(read == title or read == title.replace(" ", "") for read in titles), titles
    told = world.told(url)
    assert "repaired" in told.text
    assert not told.is_error


@pytest.mark.parametrize("declared", [b'<?xml version="1.0" encoding="utf-8"?>', b'<?xml version="1.0"?>', b""])
def test_g10_text_xml_without_a_charset_is_not_ascii(world: World, declared: bytes) -> None:
    body = WHOLE.replace(b'<?xml version="1.0" encoding="utf-8"?>\n', declared)
    url = world.follow(answer(200, body, [XML]))
    world.next()
    assert world.titles(url) == ["Actualité 1", "Actualité 2"]
    assert not world.told(url).is_error


def test_g10_a_sound_document_is_not_called_repaired(world: World) -> None:
    url = world.follow(ok(rss(hourly())))
    world.next()
    assert "repaired" not in world.told(url).text
