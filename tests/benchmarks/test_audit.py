"""The audit finds what is wrong: for each rule, requests that break it, and the same ones put right."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from benchmarks.audit.kept import Store
from benchmarks.audit.tally import Tally
from benchmarks.audit.verdict import judge
from benchmarks.farm.answers import Answer
from benchmarks.farm.exchange import Exchange, Request
from benchmarks.farm.news import listed, name, newest
from benchmarks.farm.site import DAY, HOUR, START, Site

from relay.core.polling.pollstate import Hints

AGENT = b"relay/1.0 (+https://www.exemple.fr/contact; feed-id 1; 1 subscriber)"
ACCEPT = b"application/atom+xml, application/rss+xml, */*;q=0.1"
SITE = Site(0, "plain", "a.test", "/feed", DAY, START - 11.5 * DAY, 0)
LATEST = newest(SITE, START)
FEED = Answer(200, etag=b'"1"', modified=b"then", newest=LATEST, bytes_of="1")
SAME = Answer(304)
KNOWN = {b"if-none-match": b'"1"', b"if-modified-since": b"then", b"a-im": b"feed"}
ETAG = {b"if-none-match": b'"1"', b"a-im": b"feed"}
FULL = Store(Counter(name(SITE, number) for number in listed(SITE, LATEST)), Counter(), frozenset())
SILENT = replace(SITE, first=START - 99 * DAY, silent_since=START - 40 * DAY)
OLD = replace(FEED, newest=newest(SILENT, START))
REDIRECT = replace(SITE, hops=(301,))
ASIDE = replace(SITE, hops=(302,))
NIGHT = replace(SITE, hints=Hints(skip_hours=frozenset({11})))
SLOWLY = replace(SITE, hints=Hints(ttl=3 * HOUR))
NO_ANSWER, BUSY = Answer(503), Answer(429, pause=timedelta(hours=3))


def asked(
    later: timedelta, answer: Answer, headers: dict[bytes, bytes] | None = None, hop: int = 0, **more: Any
) -> Exchange:
    """A request so much after the start."""
    sent = {b"user-agent": AGENT, b"accept": ACCEPT, **(headers or {})}
    host = "a.test" if hop == 0 else f"to{hop}.a.test"
    request = Request("GET", host, "/feed", sent)
    began = later.total_seconds()
    whole = Exchange(START + later, began, began + 0.5, request, 0, hop, answer, 100, is_whole=True)
    return replace(whole, **more)


NOW, MIN = timedelta(0), timedelta(minutes=1)
FIRST = asked(NOW, FEED)
POST = replace(FIRST.request, method="POST")
QUERY = replace(FIRST.request, target="/feed?x=1")


@pytest.mark.parametrize(
    ("rule", "wrong", "right", "site"),
    [
        ("A1", [asked(NOW, FEED, ETAG)], [FIRST], SITE),
        ("A2 A3 A5 A7", [FIRST, asked(HOUR, SAME, KNOWN), asked(2 * HOUR, SAME, ETAG)],
         [FIRST, asked(HOUR, SAME, KNOWN), asked(2 * HOUR, SAME, KNOWN)], SITE),
        ("A9 A11 A12 A13", [FIRST, asked(HOUR, SAME, ETAG)], [FIRST, asked(HOUR, SAME, KNOWN)], SITE),
        ("A14 A15", [FIRST, asked(HOUR, NO_ANSWER, KNOWN), asked(2 * HOUR, FEED)],
         [FIRST, asked(HOUR, NO_ANSWER, KNOWN), asked(2 * HOUR, FEED, KNOWN)], SITE),
        ("A19", [asked(NOW, Answer(301)), asked(NOW, FEED, KNOWN, hop=1)],
         [asked(NOW, Answer(301)), asked(NOW, FEED, hop=1)], REDIRECT),
        ("A20", [asked(NOW, FEED, {b"cookie": b"a=b"})], [FIRST], SITE),
        ("A20", [asked(NOW, FEED, request=QUERY, site=0)], [FIRST], SITE),
        ("B1", [FIRST, asked(59 * MIN, SAME, KNOWN)], [FIRST, asked(60 * MIN, SAME, KNOWN)], SITE),
        ("B3 B4 B5 B8", [asked(NOW, replace(FEED, fresh=2 * HOUR)), asked(HOUR, SAME, KNOWN)],
         [asked(NOW, replace(FEED, fresh=2 * HOUR)), asked(2 * HOUR, SAME, KNOWN)], SITE),
        ("B9", [FIRST, asked(HOUR, SAME, KNOWN)], [FIRST, asked(3 * HOUR, SAME, KNOWN)], SLOWLY),
        ("B9 skipHours", [FIRST, asked(2 * HOUR, SAME, KNOWN)], [FIRST, asked(3 * HOUR, SAME, KNOWN)], NIGHT),
        ("B10", [asked(NOW, OLD), asked(12 * HOUR, SAME, KNOWN)], [asked(NOW, OLD), asked(DAY, SAME, KNOWN)], SILENT),
        ("C1 C2 C5", [asked(NOW, BUSY), asked(2 * HOUR, FEED)], [asked(NOW, BUSY), asked(3 * HOUR, FEED)], SITE),
        ("C3", [asked(NOW, Answer(429)), asked(9 * MIN, FEED)], [asked(NOW, Answer(429)), asked(10 * MIN, FEED)], SITE),
        ("C8 C9", [asked(NOW, Answer(403)), asked(HOUR, FEED)], [asked(NOW, Answer(403)), asked(4 * HOUR, FEED)], SITE),
        ("D1", [asked(NOW, NO_ANSWER), asked(HOUR / 2, NO_ANSWER), asked(HOUR, FEED)],
         [asked(NOW, NO_ANSWER), asked(HOUR / 2, NO_ANSWER), asked(1.5 * HOUR, FEED)], SITE),
        ("D1 again", [FIRST], [FIRST, asked(12 * HOUR, SAME, KNOWN)], SITE),
        ("D2", [asked(NOW, Answer(410)), asked(DAY, Answer(410)), asked(2 * DAY, Answer(410))],
         [asked(NOW, Answer(410)), asked(DAY, Answer(410))], SITE),
        ("D7", [asked(NOW, Answer(302), hop=place % 2) for place in range(7)],
         [asked(NOW, Answer(302), hop=place % 2) for place in range(6)], ASIDE),
        ("E1", [asked(NOW, Answer(301)), asked(NOW, FEED, hop=1), asked(6 * DAY, SAME, KNOWN, hop=1)],
         [asked(NOW, Answer(301)), asked(NOW, FEED, hop=1), asked(7 * DAY, SAME, KNOWN, hop=1)], REDIRECT),
        ("E3 E4", [asked(NOW, FEED, hop=1)], [asked(NOW, Answer(302)), asked(NOW, FEED, hop=1)], ASIDE),
        ("F1 F2", [asked(NOW, FEED, {b"user-agent": b"Mozilla/5.0"})], [FIRST], SITE),
        ("F4", [asked(NOW, FEED, request=POST)], [FIRST], SITE),
        ("F5", [FIRST, asked(HOUR, SAME, KNOWN, began=0.2)], [FIRST, asked(HOUR, SAME, KNOWN, began=0.5)], SITE),
        ("F6", [asked(NOW, FEED, {b"a-im": b"feed"})], [FIRST], SITE),
    ],
)  # fmt: skip
def test_it_counts_a_breach(rule: str, wrong: list[Exchange], right: list[Exchange], site: Site) -> None:
    assert breaches(wrong, site)[rule] == 1
    assert breaches(right, site)[rule] == 0


def test_what_was_not_heard_to_its_end_has_said_nothing() -> None:
    unheard = [asked(NOW, Answer(403), is_whole=False), asked(HOUR / 2, FEED)]
    assert not breaches(unheard, SITE, end=START + HOUR)


MORE = FEED.newest + 1 if FEED.newest else 0
NEWS = name(SITE, MORE)
SERVED = [FIRST, asked(DAY, replace(FEED, newest=MORE, bytes_of="2"), KNOWN)]


@pytest.mark.parametrize(
    ("rule", "of", "wrong"),
    [
        ("served", lambda found: found.stored, 0),
        ("once", lambda found: found.stored, 2),
        ("told", lambda found: found.queued, 0),
        ("queued once", lambda found: found.queued, 2),
    ],
)
def test_it_counts_what_became_of_an_entry(rule: str, of: Callable[[Store], Counter[str]], wrong: int) -> None:
    found = replace(FULL, stored=FULL.stored + Counter([NEWS]), queued=Counter([NEWS]))
    assert breaches(SERVED, SITE, found)[rule] == 0
    of(found)[NEWS] = wrong
    if not wrong:
        del of(found)[NEWS]
    assert breaches(SERVED, SITE, found)[rule] == 1


def test_an_entry_that_scrolled_out_while_nobody_looked_is_lost() -> None:
    fleeting = replace(SITE, rhythm=HOUR / 3, first=START - 7.5 * HOUR / 3, shown=6)
    shown = newest(fleeting, START)
    first = asked(NOW, replace(FEED, newest=shown))
    stored = [name(fleeting, number) for number in listed(fleeting, shown)]
    lost = breaches([first], fleeting, replace(FULL, stored=Counter(stored)), START + 6 * HOUR)["in time"]
    all_ = [name(fleeting, number) for number in range(newest(fleeting, START + 6 * HOUR))]
    assert lost > 6
    assert breaches([first], fleeting, replace(FULL, stored=Counter(all_)), START + 6 * HOUR)["in time"] == 0


def breaches(
    exchanges: list[Exchange], site: Site, found: Store = FULL, end: datetime = START + 20 * HOUR
) -> Counter[str]:
    """How often each rule is broken by these requests to one publisher."""
    tally = Tally()
    judge(tally, [site], exchanges, found, end)
    return tally.breaches
