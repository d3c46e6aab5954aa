"""When a publisher wants to be asked again, and where the rest of its entries is."""

from datetime import timedelta

import pytest

from relay.core.document import ParsedFeed
from relay.intake.parse import parse
from tests.fakes.feed_documents import URL, rss

SYNDICATION = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
HISTORY = 'xmlns:fh="http://purl.org/syndication/history/1.0"'
ATOM = 'xmlns:atom="http://www.w3.org/2005/Atom"'


def channel(inside: str, root: str = "") -> ParsedFeed:
    return rss("<title>t</title>", inside, root)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [("60", 60), (" 1440 ", 1440), ("0", None), ("-5", None), ("une heure", None), ("9" * 12, 60 * 24 * 366)],
)
def test_ttl_is_in_minutes(written: str, minutes: int | None) -> None:
    assert channel(f"<ttl>{written}</ttl>").ttl == (timedelta(minutes=minutes) if minutes else None)


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 12),
        ("<sy:updatePeriod>\n hourly </sy:updatePeriod>", 1),
        ("<sy:updatePeriod>Weekly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 168),
        ("<sy:updatePeriod>parfois</sy:updatePeriod>", None),
        ("<sy:updateFrequency>2</sy:updateFrequency>", None),
        ("<ttl>60</ttl>", None),
    ],
)
def test_the_period_is_divided_by_the_times_in_it(written: str, hours: int | None) -> None:
    feed = channel(written, SYNDICATION)
    assert feed.period == (timedelta(hours=hours) if hours else None)


def hours(*numbers: object) -> str:
    return f"<skipHours>{''.join(f'<hour>{number}</hour>' for number in numbers)}</skipHours>"


@pytest.mark.parametrize(
    ("written", "skipped"),
    [
        (hours(3, "04", " 5 "), {3, 4, 5}),
        (hours(24), {0}),
        (hours(25, -1, "minuit", ""), set()),
        (hours(*range(24)), set()),
        (hours(*range(1, 25)), set()),
        (hours(*range(23)), set(range(23))),
    ],
)
def test_hours_to_skip_are_those_of_a_day(written: str, skipped: set[int]) -> None:
    assert channel(written).skip_hours == skipped


@pytest.mark.parametrize(
    ("days", "skipped"),
    [
        ("Saturday Sunday", {5, 6}),
        ("monday", {0}),
        ("samedi", set()),
        ("Monday Tuesday Wednesday Thursday Friday Saturday Sunday", set()),
    ],
)
def test_days_to_skip_are_named_in_english(days: str, skipped: set[int]) -> None:
    written = "".join(f"<day>{day}</day>" for day in days.split())
    assert channel(f"<skipDays>{written}</skipDays>").skip_days == skipped


def test_what_an_item_says_of_hours_is_not_the_feed_s() -> None:
    assert rss(hours(3)).skip_hours == frozenset()


@pytest.mark.parametrize(("written", "is_complete"), [("<fh:complete/>", True), ("<fh:archive/>", False), ("", False)])
def test_a_complete_feed_says_so(written: str, *, is_complete: bool) -> None:
    assert channel(written, HISTORY).is_complete is is_complete


def test_an_atom_feed_says_that_it_is_complete() -> None:
    text = f'<feed xmlns="http://www.w3.org/2005/Atom" {HISTORY}><fh:complete/><title>t</title></feed>'
    assert parse(text.encode(), URL, None).is_complete


@pytest.mark.parametrize(
    ("links", "previous"),
    [
        ('<atom:link rel="prev-archive" href="/2023.xml"/>', "https://www.exemple.fr/2023.xml"),
        ('<atom:link rel="next" href="?page=2"/>', "https://www.exemple.fr/flux/actualites.xml?page=2"),
        ('<atom:link rel="next" href="/2"/><atom:link rel="prev-archive" href="/a"/>', "https://www.exemple.fr/a"),
        ('<atom:link rel="prev" href="/1"/><atom:link rel="next-archive" href="/b"/>', None),
        ('<atom:link rel="next" href="javascript:x"/>', None),
    ],
)
def test_older_entries_are_in_the_archive_before_or_on_the_next_page(links: str, previous: str | None) -> None:
    assert channel(links, ATOM).previous == previous


def test_older_items_of_a_json_feed_are_at_its_next_address() -> None:
    text = '{"version":"https://jsonfeed.org/version/1.1","title":"t","next_url":"/page/2","items":[]}'
    assert parse(text.encode(), URL, None).previous == "https://www.exemple.fr/page/2"
