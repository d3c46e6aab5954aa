"""Makes ``archive-beside-seed.png``: the blog's own archive and the page that relay makes of the demo, post by post.

Run it by ``.venv/bin/python docs/images/beside.py`` from the project's folder, with the shared material beside it.
"""

import sys
import tempfile
from html import escape
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Route, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.feeds.test_archive import SEED, seed_parts  # noqa: E402  (it is found from the project's folder)

from relay.cli.main import run  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
COLUMN, GAP, POSTS = 660, 40, 2
WHITE, PAPER = (255, 255, 255), (251, 250, 246)
"""The ground of the two pages."""
STYLE = """
body { margin: 0; padding: 24px; background: #fff; color: #222; font: 17px/1.55 "Liberation Serif", Georgia, serif; }
h1 { margin: 0 0 12px; font-size: 30px } h2 { margin: 0 0 14px; font-size: 23px; line-height: 1.3 }
p { margin: 0 0 14px } article { padding: 28px 0; border-top: 1px solid #ccc }
.lead { font-weight: bold } a { color: #1a5a96 }
.picture { display: grid; place-items: center; height: 150px; background: #eee; color: #777; font-style: italic }
"""
NARROW = "body { padding: 24px !important; font-size: 17px !important } .headline { font-size: 23px !important }"


def seed_page() -> str:
    """The archive as its text has come down to us, set plainly; of its pictures only the names are left."""
    posts = seed_parts(SEED.read_text(encoding="utf-8"))
    articles = "".join(f"<article>{''.join(_part(*part) for part in post)}</article>" for post in posts)
    return f"<!doctype html><style>{STYLE}</style><header><h1>Archives du blog</h1></header>{articles}"


def _part(name: str, text: str) -> str:
    tags = {"headline": "<h2>{}</h2>", "credit": '<p><a href="">{}</a></p>', "more": '<p><a href="">{}</a></p>'}
    tag = tags.get(name, f'<p class="{name}">{{}}</p>')
    return "".join(tag.format(escape(line)) for line in text.split("\n"))


def beside(site: Path, target: Path) -> None:
    """Photograph both pages and put post beside post."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": COLUMN, "height": 900}, color_scheme="light")
        page.set_content(seed_page())
        left = _photographs(page.locator("header"), page.locator("article"))
        page.route("**/*", lambda route: _from_disk(route, site))
        page.goto("http://127.0.0.1:8080/feeds/blog/index.html")
        page.add_style_tag(content=NARROW)
        for picture in page.locator("img").all():
            picture.evaluate("image => { image.loading = 'eager'; return image.decode() }")
        right = _photographs(page.locator(".masthead"), page.locator("article"))
        browser.close()
    _joined(list(zip(left, right, strict=True))).save(target, optimize=True)


def _from_disk(route: Route, site: Path) -> None:
    """What the demo published, and the pictures of its sources, which have gone with it."""
    path = route.request.url.split("/", 3)[3]
    content = ROOT / "src" / "relay" / "demo" / "content" / "pictures" / Path(path).name
    published = site / path
    route.fulfill(path=published if published.is_file() else content)


def _photographs(head: Locator, articles: Locator) -> list[Image.Image]:
    shots = [head.first, *(articles.nth(number) for number in range(POSTS))]
    return [Image.open(BytesIO(shot.screenshot())).convert("RGB") for shot in shots]


def _joined(rows: list[tuple[Image.Image, Image.Image]]) -> Image.Image:
    heights = [max(left.height, right.height) for left, right in rows]
    whole = Image.new("RGB", (2 * COLUMN + GAP, sum(heights) + 2 * GAP), WHITE)
    whole.paste(PAPER, (COLUMN + GAP, 0, whole.width, whole.height))
    top = GAP
    for (left, right), height in zip(rows, heights, strict=True):
        whole.paste(left, ((COLUMN - left.width) // 2, top))
        whole.paste(right, (COLUMN + GAP + (COLUMN - right.width) // 2, top))
        top += height
    return whole.quantize(256, dither=Image.Dither.NONE)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        run(["demo", "--once", "--keep", folder])
        beside(Path(folder), Path(__file__).with_name("archive-beside-seed.png"))
