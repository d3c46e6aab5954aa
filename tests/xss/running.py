"""Payloads × fields × outputs: what would run by what a browser reads, and what did run in one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from playwright.sync_api import Browser

from tests.edges.newsroom import Newsroom, open_newsroom
from tests.xss.feed import FIELDS, posts
from tests.xss.looking import Seen, embedded, judged, opened, watch
from tests.xss.outputs import Output, errors, published, review, serve, shown
from tests.xss.payloads import payloads

FEEDS = ("/feeds/blog/index.html", "/feeds/blog/atom.xml", "/feeds/blog/rss.xml", "/feeds/blog/feed.json")


@dataclass(frozen=True, slots=True)
class Plan:
    """How many payloads, chosen by ``seed``: in the rooms, of their addresses opened as pages, in errors.

    ``is_apart``: each field has the payload alone as well.
    """

    seed: int = 0
    in_rooms: int = 10_000
    opened: int = 10_000
    in_errors: int = 10_000
    is_apart: bool = True


@dataclass(slots=True)
class Report:
    """What was put in, read and opened, and what was wrong with it."""

    payloads: int = 0
    outputs: int = 0
    entries: int = 0
    unsafe: list[str] = field(default_factory=list)
    seen: Seen = field(default_factory=Seen)

    @property
    def wrong(self) -> list[str]:
        """All of it."""
        return [*self.unsafe, *self.seen.wrong]


def run(plan: Plan, browser: Browser, folder: Path) -> Report:
    """All of it, in ``folder``."""
    report = Report(payloads=len(payloads()))
    for fields in _columns(plan):
        _publish(report, browser, fields)
    with open_newsroom(folder) as room:
        _show(report, browser, room, plan)
    return report


def chosen(plan: Plan, many: Sequence[str], number: int) -> list[str]:
    """As many as are wanted, or all, in their order."""
    places = range(len(many))
    return [many[place] for place in sorted(Random(plan.seed).sample(places, min(number, len(many))))]  # noqa: S311


def _columns(plan: Plan) -> Iterator[tuple[str, ...]]:
    yield FIELDS
    yield from ((name,) for name in FIELDS if plan.is_apart)


def _publish(report: Report, browser: Browser, fields: tuple[str, ...]) -> None:
    hostile = posts(payloads(), fields)
    outputs = list(published(hostile))
    report.entries += len(hostile)
    _judge(report, browser, outputs)
    embedded(browser, [one for one in outputs if one.is_fragment], report.seen)


def _show(report: Report, browser: Browser, room: Newsroom, plan: Plan) -> None:
    """To a signed-in editor, in the rooms and in the pages of errors; then with a real browser, policies and all."""
    numbers = serve(room, posts(chosen(plan, payloads(), plan.in_rooms), FIELDS))
    rooms = review(numbers)
    wrong = [address for one in chosen(plan, payloads(), plan.in_errors) for address in errors(one)]
    editor = room.editor()
    _judge(report, browser, list(shown(editor, [*rooms, *wrong])))
    with browser.new_context() as context:
        watch(context, report.seen, room.url)
        context.add_cookies([{"name": "relay", "value": editor.cookies["relay"], "url": room.url}])
        addresses = chosen(plan, [*rooms, *wrong], plan.opened)
        opened(context, [room.url + one for one in (*FEEDS, *addresses)], report.seen)


def _judge(report: Report, browser: Browser, outputs: Sequence[Output]) -> None:
    report.outputs += len(outputs)
    report.unsafe += judged(browser, outputs)
