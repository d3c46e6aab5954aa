"""Makes ``review.png`` and its companions: the editors' page of the demo, wide, on a phone, and at night by keyboard.

Run it by ``.venv/bin/python docs/images/review.py`` from the project's folder.
"""

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
NEWS = "Centres-villes"
HERE = Path(__file__).parent
COLOURS = 128
"""In a picture: a page needs no more, and weighs a third."""


def photograph(address: str) -> None:
    """Sign in at ``address`` and take the sheet of one entry."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="fr-FR", color_scheme="light")
        page.goto(f"{address}?lang=fr")
        page.get_by_role("main").get_by_role("button").click()
        page.locator(".queue a", has_text=NEWS).first.click()
        page.get_by_role("heading", name=NEWS).wait_for()
        here = page.url
        say(page)
        take(page, "review")
        state = page.context.storage_state()
        phone(browser, here, state)
        night(browser, here, state)
        browser.close()


def say(page: Page) -> None:
    """A comment, so that there is one to see."""
    page.keyboard.press("m")
    page.keyboard.type("Le ministère confirme les 38 halles ce matin.")
    page.get_by_role("button", name="Envoyer le commentaire").click()
    page.goto(page.url.partition("#")[0].partition("?")[0])


def phone(browser: Browser, here: str, state: object) -> None:
    """The same in a hand: the yes is where the thumb is."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        is_mobile=True,
        has_touch=True,
        color_scheme="light",
        storage_state=state,  # type: ignore[arg-type]  # as the other context gave it
    )
    page = context.new_page()
    page.goto(f"{here}&lang=fr")
    page.locator(".post").evaluate("(post) => scrollTo(0, post.offsetTop - 8)")
    take(page, "review-phone")
    context.close()


def night(browser: Browser, here: str, state: object) -> None:
    """In English, dark, with all that can be done at hand."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 860},
        color_scheme="dark",
        storage_state=state,  # type: ignore[arg-type]  # as the other context gave it
    )
    page = context.new_page()
    page.goto(f"{here}&lang=en")
    page.keyboard.press("Control+k")
    take(page, "review-keys")
    context.close()


def take(page: Page, name: str) -> None:
    """One picture, in as few colours as it needs."""
    for picture in page.locator("main img:visible").all():
        picture.evaluate("image => image.complete || image.decode().catch(() => null)")
    page.wait_for_timeout(300)
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(HERE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    command = [sys.executable, "-m", "relay", "demo", "--listen", "127.0.0.1:8091"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:  # our own program
        try:
            said = iter(demo.stdout or ())
            found = next(filter(None, (re.search(r"http\S+/c/\S+", line) for line in said)))
            photograph(found[0])
        finally:
            demo.terminate()
