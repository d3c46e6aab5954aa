"""``simple_script.py after|before FEED SERVER TOKEN``: what is new in the feed is posted, the oldest first."""

import sys
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from xml.etree import ElementTree as ET

_KNOWN = Path("known")


def main(notes: str, feed: str, server: str, token: str) -> None:
    """Each entry is sent, and noted; or the other way round."""
    with urlopen(feed) as answer:  # noqa: S310  # whoever calls it says where
        items = ET.parse(answer).getroot().findall("channel/item")  # noqa: S314  # the trial's own feed
    for item in reversed(items):
        name, title = item.findtext("guid", ""), item.findtext("title", "")
        if name in _KNOWN.read_text().split():
            continue
        if notes == "before":
            _note(name)
        _send(f"{title} {name}", server, token)
        if notes == "after":
            _note(name)


def _send(text: str, server: str, token: str) -> None:
    body = urlencode({"status": text}).encode()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/x-www-form-urlencoded"}
    with urlopen(Request(f"{server}/api/v1/statuses", body, headers)) as answer:  # noqa: S310  # as above
        answer.read()


def _note(name: str) -> None:
    with _KNOWN.open("a") as known:
        known.write(f"{name}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
