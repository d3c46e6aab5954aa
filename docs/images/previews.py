"""Makes ``previews.png``, every network's preview, and ``previews-beside-sandbox.png``: before the yes, and after it.

Run it by ``.venv/bin/python docs/images/previews.py`` from the project's folder.
"""

import sys
import tempfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Locator, Page, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.edges.newsroom import Newsroom  # noqa: E402  (it is found from the project's folder)
from tests.edges.showroom import open_showroom  # noqa: E402

from relay.core.account import Account  # noqa: E402
from relay.core.crosspost import Keys, Request  # noqa: E402
from relay.demo import timelines  # noqa: E402
from relay.demo.board import SandboxAccount  # noqa: E402
from relay.networks.sandbox import network as sandbox  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
GAP, COLUMNS = 24, 3
PAPER = (243, 241, 236)
HERE = Path(__file__).parent
PHOTOGRAPH = ROOT / "src" / "relay" / "demo" / "content" / "pictures" / "place.png"


def photograph(page: Page, room: Newsroom, numbers: Mapping[str, int]) -> dict[str, Image.Image]:
    """The drawing of each cross-post, as its editor sees it."""
    page.goto(room.url + room.link("camille"))
    page.get_by_role("main").get_by_role("button").click()
    page.route("**/*.jpg", lambda route: route.fulfill(path=PHOTOGRAPH))
    shots = {}
    for network, number in numbers.items():
        page.goto(f"{room.url}/review/{number}?lang=fr")
        shots[network] = _shot(page.locator(".drawing").first)
    return shots


def published(page: Page, room: Newsroom, number: int, imitates: str) -> Image.Image:
    """The same words on the sandbox's timeline, where they went."""
    shown = SandboxAccount(imitates, "La veille", "veille@exemple.fr", imitates)  # type: ignore[arg-type]  # one of the two
    board = timelines.serve((shown,))
    with httpx.Client(trust_env=False) as http:
        account = Account(imitates, "sandbox", {"server": board.url, "account": imitates, "imitates": imitates})
        request = sandbox.prepare(http, account, room.crosspost(number).draft, Keys(room.clock(), number))
        assert isinstance(request, Request), request
        sandbox.publish(http, account, request)
        page.goto(f"{board.url}/{imitates}")
        shot = _shot(page.locator("article.post").first)
    board.stop()
    return shot


def _shot(found: Locator) -> Image.Image:
    return Image.open(BytesIO(found.screenshot())).convert("RGB")


def side_by_side(pairs: list[tuple[Image.Image, Image.Image]]) -> Image.Image:
    """Row by row, before and after."""
    wide = [max(shots, key=lambda shot: shot.width).width for shots in zip(*pairs, strict=True)]
    high = [max(shot.height for shot in pair) for pair in pairs]
    whole = Image.new("RGB", (sum(wide) + 3 * GAP, sum(high) + (len(high) + 1) * GAP), PAPER)
    top = GAP
    for (left, right), height in zip(pairs, high, strict=True):
        whole.paste(left, (GAP, top))
        whole.paste(right, (2 * GAP + wide[0], top))
        top += height + GAP
    return whole.quantize(256, dither=Image.Dither.NONE)


def sheet(shots: list[Image.Image], columns: int) -> Image.Image:
    """The pictures in columns, each in the one that is shortest."""
    width = max(shot.width for shot in shots)
    ends = [GAP] * columns
    places = []
    for shot in shots:
        column = ends.index(min(ends))
        places.append((GAP + column * (width + GAP), ends[column]))
        ends[column] += shot.height + GAP
    whole = Image.new("RGB", (GAP + columns * (width + GAP), max(ends)), PAPER)
    for shot, place in zip(shots, places, strict=True):
        whole.paste(shot, place)
    return whole.quantize(256, dither=Image.Dither.NONE)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 2400}, locale="fr-FR", color_scheme="light")
        with open_showroom(Path(folder)) as (room, numbers):
            before = photograph(page, room, numbers)
            sheet([*before.values()], COLUMNS).save(HERE / "previews.png", optimize=True)
            pairs = [(before[name], published(page, room, numbers[name], name)) for name in sandbox.IMITATED]
            side_by_side(pairs).save(HERE / "previews-beside-sandbox.png", optimize=True)
        browser.close()
