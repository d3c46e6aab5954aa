"""How the answers of a server are read."""

from datetime import UTC, datetime
from email.utils import format_datetime

import httpx
from lxml import etree

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
ATOM = "{http://www.w3.org/2005/Atom}"


def vary(answer: httpx.Response) -> list[str]:
    return [name.strip() for name in answer.headers.get("vary", "").split(",")]


def http_date(seconds: int) -> str:
    return format_datetime(datetime.fromtimestamp(seconds, UTC), usegmt=True)


def atom_ids(answer: httpx.Response) -> set[str | None]:
    return {element.text for element in etree.fromstring(answer.content).iterfind(f"{ATOM}entry/{ATOM}id")}


def rss_ids(answer: httpx.Response) -> set[str | None]:
    return {element.text for element in etree.fromstring(answer.content).iterfind("channel/item/guid")}


def json_ids(answer: httpx.Response) -> set[str]:
    return {item["id"] for item in answer.json()["items"]}
