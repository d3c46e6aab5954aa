"""Makes ``review.png``: the editors' page of the demo, with what waits.

Run it by ``.venv/bin/python docs/images/review.py`` from the project's folder.
"""

import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
NEWS = "Centres-villes"


def photograph(address: str, target: Path) -> None:
    """Sign in at ``address`` and take the sheet of one entry."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="fr-FR", color_scheme="light")
        page.goto(f"{address}?lang=fr")
        page.get_by_role("main").get_by_role("button").click()
        page.locator(".queue a", has_text=NEWS).first.click()
        page.get_by_role("heading", name=NEWS).wait_for()
        for picture in page.locator("img").all():
            picture.evaluate("image => image.decode()")
        page.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    command = [sys.executable, "-m", "relay", "demo", "--listen", "127.0.0.1:8091"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:  # noqa: S603  # our own program
        try:
            said = iter(demo.stdout or ())
            found = next(filter(None, (re.search(r"http\S+/c/\S+", line) for line in said)))
            photograph(found[0], Path(__file__).with_name("review.png"))
        finally:
            demo.terminate()
