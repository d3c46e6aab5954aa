"""What is tried at a place, by relay's own client or by one with a hole in its guard; and what of it led inside."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import TypeVar

import httpx

from relay.intake.wire.guard import Guard
from tests.ssrf import collection
from tests.ssrf.entrances import DOORS
from tests.ssrf.holes import HOLES
from tests.ssrf.literals import INSIDE
from tests.ssrf.outside import PUBLIC, Place, client

T = TypeVar("T")

NAME, URL = "public.test", "http://public.test/"
STATUSES = (301, 302, 303, 307, 308)
ADDRESSES = (
    *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "192.0.0.192", "0.0.0.0"),  # noqa: S104  # nobody listens there
    *("198.18.0.1", "224.0.0.1", "240.0.0.1", "::1", "fd00::1", "fec0::1", "::ffff:10.0.0.1", "::127.0.0.1"),
    *("64:ff9b::a00:1", "2002:a00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "3fff::1", "5f00::1"),
)
"""What a name may be said to have."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much, chosen by ``seed``: pairs of a door and an address, redirects, cases of the collection, look-ups."""

    seed: int = 0
    pairs: int = 10_000
    redirects: int = 10_000
    cases: int = 10_000
    rebindings: int = 1000

    def chosen(self, many: Iterable[T], number: int) -> list[T]:
        """So many of them, or all, in their order."""
        found = list(many)
        places = Random(self.seed).sample(range(len(found)), min(number, len(found)))  # noqa: S311
        return [found[place] for place in sorted(places)]


@dataclass(frozen=True, slots=True)
class Row:
    """One trial: how often was asked, how many connections the public host had, which led ``inside``.

    ``wrong`` says what else is not as it should be.
    """

    what: str
    asked: int
    public: int
    inside: tuple[str, ...]
    wrong: str = ""

    @property
    def holds(self) -> bool:
        """Whether it does."""
        return not self.inside and not self.wrong


Trial = Callable[[Place, httpx.Client, Plan], Row]


def spellings(place: Place, http: httpx.Client, plan: Plan) -> Row:
    """Every spelling of an address inside, at every door."""
    pairs = plan.chosen(((door, literal) for door in DOORS for literal in INSIDE), plan.pairs)
    for door, literal in pairs:
        DOORS[door](http, f"http://{literal}/")
    return _row("spellings of addresses inside, at every door", place, len(pairs))


def names(place: Place, http: httpx.Client, plan: Plan) -> Row:
    """Names that are said to have an address inside, alone or beside a public one, whichever comes first."""
    asked = 0
    for door, address in plan.chosen(((door, address) for door in DOORS for address in ADDRESSES), plan.pairs):
        for answer in ([address], [address, PUBLIC], [PUBLIC, address]):
            place.names = {NAME: [answer]}
            DOORS[door](http, URL)
            asked += 1
    return _row("names with an address inside, alone or among others", place, asked, public=0)


def redirects(place: Place, http: httpx.Client, plan: Plan) -> Row:
    """A public host that redirects inside, by every status."""
    place.names = {NAME: [[PUBLIC]]}
    wanted = plan.chosen(
        ((door, status, literal) for door in DOORS for status in STATUSES for literal in INSIDE[::8]), plan.redirects
    )
    for door, place.status, literal in wanted:
        place.location = f"http://{literal}/"
        DOORS[door](http, URL)
    place.location = ""
    return _row("redirects inside, at every door", place, len(wanted), needs_public=True)


def cases(place: Place, http: httpx.Client, plan: Plan) -> Row:
    """The collection beside the project: what may be had is had, and nothing else is."""
    known = plan.chosen(collection.cases(), plan.cases)
    wrong, inside, public = [], [], 0
    for case in known:
        place.names = collection.names(case)
        reached = {*_reached(place, http, case["url"])}
        wrong += [case["id"]] if bool(reached) != collection.wanted(case) else []
        inside += [] if case["allow"] else sorted(reached - {PUBLIC})
        public += bool(reached)
    said = (
        f"not as it should be: {', '.join(wrong)}"
        if wrong
        else ""
        if known or not plan.cases
        else "the collection is not here"
    )
    return Row("cases of the collection, at every door", len(known) * len(DOORS), public, tuple(inside), said)


def rebindings(place: Place, http: httpx.Client, plan: Plan) -> Row:
    """A name whose answer alternates: half of the look-ups are public, and as many connections."""
    place.names, place.asked = {NAME: [[PUBLIC], ["10.0.0.1"]]}, 0
    for number in range(plan.rebindings):
        DOORS["source" if number // 2 % 2 else "source, over httpx"](http, URL)
    looked_up = place.asked
    row = _row("look-ups that alternate between public and inside", place, plan.rebindings, plan.rebindings // 2)
    wrong = f"{looked_up} look-ups" if looked_up != plan.rebindings else ""
    return Row(row.what, row.asked, row.public, row.inside, row.wrong or wrong)


def doors(place: Place, http: httpx.Client, plan: Plan) -> Row:
    """The public host is reached by every door: where nothing can be reached, nothing is shown."""
    place.names, closed, public = {NAME: [[PUBLIC]]}, [], 0
    for door in DOORS:
        reached = _reached(place, http, URL, door)
        public += len(reached)
        closed += [] if PUBLIC in reached else [door]
    return Row("the public host, by every door", len(DOORS), public, (), f"not reached: {closed}" if closed else "")


TRIALS: tuple[Trial, ...] = (doors, spellings, names, redirects, rebindings, cases)


def run(place: Place, plan: Plan) -> Iterator[Row]:
    """All of them, with relay's own guard; and whether what the operator allows is reached."""
    for trial in TRIALS:
        with client(place) as http:
            yield _tried(trial, place, http, plan)
    yield _allowed(place)


def found(place: Place, plan: Plan) -> dict[str, list[str]]:
    """Holes → the trials that show each of them."""
    shown: dict[str, list[str]] = {}
    for name, hole in HOLES.items():
        with client(place, hole(place.resolve)) as http:
            shown[name] = [trial.__name__ for trial in TRIALS if _tried(trial, place, http, plan).inside]
    return shown


def _tried(trial: Trial, place: Place, http: httpx.Client, plan: Plan) -> Row:
    place.names, place.location = {NAME: [[PUBLIC]]}, ""
    place.clear()
    return trial(place, http, plan)


def _allowed(place: Place) -> Row:
    place.clear()
    with client(place, Guard(("10.0.0.1",), place.resolve)) as http:
        DOORS["source"](http, "http://10.0.0.1/")
        DOORS["source"](http, "http://10.0.0.2/")
    reached = set(place.escapes)
    return Row("an address inside that is allowed", 2, 0, (), "" if reached == {"10.0.0.1"} else f"reached: {reached}")


def _reached(place: Place, http: httpx.Client, url: str, *only: str) -> list[str]:
    """The addresses connected to by these doors, or by any."""
    place.clear()
    for door in only or DOORS:
        DOORS[door](http, url)
    place.settle()
    return list(place.connects)


def _row(what: str, place: Place, asked: int, public: int | None = None, *, needs_public: bool = False) -> Row:
    inside, had = tuple(place.escapes), place.connects.count(PUBLIC)
    is_wrong = (public is not None and had != public) or (needs_public and not had)
    return Row(what, asked, had, inside, f"{had} connections to the public host" if is_wrong else "")
