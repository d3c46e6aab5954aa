"""Rules, how often each was looked at, and where it was broken."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

RULES = {
    "A1": "the first request has no conditions",
    "A2 A3 A5 A7": "validators go back byte for byte, both or the one there is",
    "A9 A11 A12 A13": "they are those of the last answer that was read",
    "A14 A15": "no error changes them, nor does time",
    "A19": "they go to no other address",
    "A20": "no cookie, no referrer, no parameter",
    "B1": "an hour between requests; a day where nothing is conditional and nothing new",
    "B3 B4 B5 B8": "max-age and Expires are waited for, after a 304 too",
    "B9": "ttl and sy: are waited for",
    "B9 skipHours": "no request in skipped hours",
    "B10": "a feed silent for a month is asked daily, for a year weekly",
    "C1 C2 C5": "Retry-After is waited for, by all feeds of the host",
    "C3": "without it ten minutes, doubling to six hours",
    "C8 C9": "where the reader is not wanted, four hours",
    "D1": "errors back off: half an hour, doubling to a week",
    "D1 again": "and never give up: everything is asked again in time",
    "D2": "410 twice, a day apart, is gone for ever",
    "D7": "five redirects, no more",
    "E1": "301: a week at the old address first",
    "E3 E4": "302 never, nor what is behind it",
    "F1 F2": "says who asks, which feed, and what it reads",
    "F4": "nothing but GET",
    "F5": "one request in flight for a host",
    "F6": "A-IM together with If-None-Match",
    "G1 A4": "noise, new ETags, other guids change no entry",
    "served": "every entry that was served is stored",
    "in time": "every entry that a polite reader could see is stored",
    "once": "none is stored twice",
    "queued once": "none is queued twice",
    "told": "what came after the first poll is queued, or an editor is asked about it",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One look at one rule; ``said`` is where and what, for whoever must find out why."""

    rule: str
    is_kept: bool
    said: str = ""


@dataclass(slots=True)
class Tally:
    """Looks and breaches by rule, with the first few of the latter in words."""

    looks: Counter[str] = field(default_factory=Counter)
    breaches: Counter[str] = field(default_factory=Counter)
    words: list[str] = field(default_factory=list)

    def count(self, checks: Iterable[Check]) -> None:
        """Take them in."""
        for check in checks:
            self.looks[check.rule] += 1
            if not check.is_kept:
                self.breaches[check.rule] += 1
                if self.breaches[check.rule] <= 5:
                    self.words.append(f"{check.rule}: {check.said}")
