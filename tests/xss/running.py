"""Payloads × fields × outputs: what would run by what a browser reads, and what did run in one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import httpx
from playwright.sync_api import Browser

from tests.edges.newsroom import Newsroom, open_newsroom
from tests.xss import everywhere
from tests.xss.feed import FIELDS, posts
from tests.xss.looking import Seen, embedded, judged, opened, watch
from tests.xss.outputs import Output, errors, published, review, serve, shown
from tests.xss.payloads import payloads

_PAGES = 50
"""Read at once."""
FEEDS = ("/feeds/blog/index.html", "/feeds/blog/atom.xml", "/feeds/blog/rss.xml", "/feeds/blog/feed.json")


@dataclass(frozen=True, slots=True)
class Plan:
    """How many payloads, chosen by ``seed``: in the rooms, of their addresses opened as pages, in errors, in previews.

    ``is_apart``: each field has the payload alone as well.
    """

    seed: int = 0
    in_rooms: int = 10_000
    opened: int = 10_000
    in_errors: int = 10_000
    in_previews: int = 10_000
    is_apart: bool = True


@dataclass(slots=True)
class Report:
    """What was put in, read and opened, and what was wrong with it."""

    payloads: int = 0
    outputs: int = 0
    entries: int = 0
    previews: int = 0
    unsafe: list[str] = field(default_factory=list)
    seen: Seen = field(default_factory=Seen)

    @property
    def wrong(self) -> list[str]:
        """All of it."""
        return [*self.unsafe, *self.seen.wrong]


Told = Callable[[str, Report], object]


def run(plan: Plan, browser: Browser, folder: Path, told: Told = lambda _stage, _report: None) -> Report:
    """All of it, in ``folder``; ``told`` hears of each stage that is over."""
    report = Report(payloads=len(payloads()))
    for fields in _columns(plan):
        _publish(report, browser, fields)
        told(f"published: {fields[0] if len(fields) == 1 else 'all fields'}", report)
    for name in ("rooms", "previews"):
        (folder / name).mkdir()
    with open_newsroom(folder / "rooms") as room:
        _show(report, browser, room, plan)
    told("rooms and errors", report)
    with open_newsroom(folder / "previews", wanted=everywhere.desk) as room:
        _preview(report, browser, room, plan)
    told("previews", report)
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
    _open(report, browser, room, editor, [*FEEDS, *chosen(plan, [*rooms, *wrong], plan.opened)])


def _preview(report: Report, browser: Browser, room: Newsroom, plan: Plan) -> None:
    """As every network would draw them."""
    numbers = everywhere.serve(room, chosen(plan, payloads(), plan.in_previews))
    report.previews += len(numbers)
    pages, editor = everywhere.looks(numbers), room.editor()
    for start in range(0, len(pages), _PAGES):
        _judge(report, browser, list(shown(editor, pages[start : start + _PAGES])))
    _open(report, browser, room, editor, chosen(plan, pages, max(plan.opened // 4, 1)))


def _open(report: Report, browser: Browser, room: Newsroom, editor: httpx.Client, addresses: Sequence[str]) -> None:
    with browser.new_context() as context:
        watch(context, report.seen, room.url)
        context.add_cookies([{"name": "relay", "value": editor.cookies["relay"], "url": room.url}])
        opened(context, [room.url + one for one in addresses], report.seen)


def _judge(report: Report, browser: Browser, outputs: Sequence[Output]) -> None:
    report.outputs += len(outputs)
    report.unsafe += judged(browser, outputs)
