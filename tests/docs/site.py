"""The whole site, built and looked at in a browser, wide and on a phone: ``python -m tests.docs.site``.

A warning fails, and so do a request to another host, a page wider than its screen, a picture that is missing, and a
page whose language is not said. ``--pictures FOLDER`` keeps what was seen.
"""

import argparse
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Request, sync_playwright

ROOT = Path(__file__).parents[2]
SCREENS = {"wide": (1280, 900), "phone": (390, 844)}
LOOKED_AT = ("docs/index", "docs/fr/premieres-minutes", "docs/review", "docs/networks/table", "docs/configuration")
FOREIGN = re.compile(r"""<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)=["'](?:https?:)?//[^"']*""")


def build(to: Path, builder: str = "html") -> subprocess.CompletedProcess[str]:
    """The site in ``to``; every warning is in its errors, and makes the code 1."""
    return sphinx(builder, "-d", to / "doctrees", "-c", "docs/site", ".", to / "site")


def sphinx(builder: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Any site, from the root of the project."""
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", builder, *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def foreign(site: Path) -> list[str]:
    """What its pages would fetch from elsewhere while they are read."""
    pages = sorted(site.rglob("*.html"))
    return [f"{page.relative_to(site)}: {one}" for page in pages for one in FOREIGN.findall(page.read_text("utf-8"))]


def seen(browser: Browser, site: Path, pictures: Path | None) -> Iterator[str]:
    """What is wrong with the pages that are looked at."""
    for screen, (width, height) in SCREENS.items():
        page = browser.new_page(viewport={"width": width, "height": height})
        asked: list[Request] = []
        page.on("request", _into(asked))
        for name in LOOKED_AT:
            page.goto((site / f"{name}.html").as_uri())
            if (found := page.evaluate("document.documentElement.scrollWidth")) > width:
                yield f"{name} is {found} pixels wide on a {screen} of {width}"
            if page.evaluate("[...document.images].some((one) => !one.naturalWidth && one.loading !== 'lazy')"):
                yield f"{name} has a picture that is not there"
            if page.evaluate("document.documentElement.lang") != ("fr" if "/fr/" in name else "en"):
                yield f"{name} does not say its language"
            if pictures:
                page.screenshot(path=pictures / f"{screen}-{name.replace('/', '-')}.png")
        yield from (f"{screen}: asked for {one.url}" for one in asked if not one.url.startswith(("file:", "data:")))


def _into(asked: list[Request]) -> Callable[[Request], None]:
    """Playwright leaves a mark on what it calls, which a method of a list cannot bear."""

    def note(request: Request) -> None:
        asked.append(request)

    return note


def main() -> int:
    """0 where nothing is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.docs.site")
    parser.add_argument("--pictures", type=Path)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        built = build(Path(folder))
        site = Path(folder) / "site"
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        wrong = [*built.stderr.splitlines(), *foreign(site), *seen(browser, site, asked.pictures)]
        browser.close()
        pages = len([*site.rglob("*.html")])
    sys.stdout.writelines(f"{one}\n" for one in wrong)
    sys.stdout.write(
        f"{pages} pages; {len(LOOKED_AT)} of them looked at on {len(SCREENS)} screens; {len(wrong)} are wrong\n"
    )
    return 1 if wrong or built.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
