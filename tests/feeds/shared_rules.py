"""What the validator says of Atom and of RSS alike."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import chain

from lxml import etree, html

ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"

Tree = etree._Element
Rule = Callable[[Tree], bool]
"""Whether the document deserves the finding."""

_RISKY = ("script", "style", "iframe", "object", "embed", "form", "meta", "link", "base", "applet", "frameset")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


def texts(tree: Tree, *paths: str) -> list[str]:
    return [found.text or "" for path in paths for found in tree.iterfind(path)]


def repeats(values: list[str]) -> bool:
    return any(count > 1 for count in Counter(values).values())


def self_links(tree: Tree) -> list[str]:
    """Of the feed itself, not of the feeds that its entries come from."""
    links = chain(tree.iterfind(f"{ATOM}link"), tree.iterfind(f"channel/{ATOM}link"))
    return [link.get("href", "") for link in links if link.get("rel") == "self"]


def moments(tree: Tree) -> list[datetime]:
    """Every date of the document that can be read."""
    found = [*texts(tree, ".//pubDate", ".//lastBuildDate")]
    return [*map(parsedate_to_datetime, found), *filter(None, map(_moment, _stamps(tree)))]


def is_sufficient(identifier: str) -> bool:
    """Whether it names one thing in the whole world: an absolute address of any kind (RFC 4287 §4.2.6)."""
    scheme, colon, rest = identifier.partition(":")
    return bool(colon and rest and scheme.isalpha())


def _stamps(tree: Tree) -> list[str]:
    return texts(tree, f".//{ATOM}updated", f".//{ATOM}published")


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _contents(tree: Tree) -> list[html.HtmlElement]:
    found = texts(tree, f"{ATOM}entry/{ATOM}content", f"channel/item/{CONTENT}")
    return [html.fragment_fromstring(text, create_parent="div") for text in found]


def _attributes(tree: Tree) -> list[tuple[str, str]]:
    return [item for content in _contents(tree) for element in content.iter() for item in element.items()]


def _addresses(tree: Tree) -> list[str]:
    inside = [value for content in _contents(tree) for _, _, value, _ in content.iterlinks()]
    links = [link.get("href", "") for link in tree.iter(f"{ATOM}link")]
    files = [found.get("url", "") for name in ("enclosure", "source", f"{MEDIA}thumbnail") for found in tree.iter(name)]
    return [*inside, *links, *files, *texts(tree, "channel/link", "channel/item/link", "channel/image/url")]


def _is_implausible(tree: Tree) -> bool:
    """Before there were feeds, or more than a day after the document's own last change."""
    own = [*texts(tree, "channel/lastBuildDate")]
    changed = [*map(parsedate_to_datetime, own), *filter(None, map(_moment, texts(tree, f"{ATOM}updated")))]
    latest = max(changed, default=datetime.max.replace(tzinfo=UTC) - timedelta(days=1)) + timedelta(days=1)
    return any(not _EARLIEST <= moment <= latest for moment in moments(tree))


def _lengths(tree: Tree) -> list[str]:
    links = (link for link in tree.iter(f"{ATOM}link") if link.get("rel") == "enclosure")
    return [file.get("length", "") for file in chain(links, tree.iter("enclosure"))]


def _types(tree: Tree) -> list[str]:
    """Of links and files that say one."""
    typed = chain(tree.iter(f"{ATOM}link"), tree.iter("enclosure"))
    return [one.get("type", "") for one in typed if one.get("type") is not None]


SHARED_RULES: dict[str, Rule] = {
    "ContainsRelRef": lambda tree: any(not url.startswith(("https://", "http://")) for url in _addresses(tree)),
    "SecurityRisk": lambda tree: any(
        content.find(f".//{tag}") is not None for content in _contents(tree) for tag in _RISKY
    ),
    "SecurityRiskAttr": lambda tree: any(
        name.startswith("on") or value.strip().lower().startswith("javascript:") for name, value in _attributes(tree)
    ),
    "DangerousStyleAttr": lambda tree: any(name == "style" for name, _ in _attributes(tree)),
    "MediaGroupWithoutAlternatives": lambda tree: any(
        len(group.findall(f"{MEDIA}content")) < 2 for group in tree.iter(f"{MEDIA}group")
    ),
    "ContainsHTML": lambda tree: any("</" in text for text in texts(tree, ".//title", f".//{ATOM}title")),
    "BadCharacters": lambda tree: any(
        "\x80" <= sign <= "\x9f" or sign == "\ufffd" for sign in "".join(map(str, tree.itertext()))
    ),
    "ImplausibleDate": _is_implausible,
    "InvalidURI": lambda tree: any(not url.isascii() or " " in url for url in _addresses(tree)),
    "InvalidIntegerAttribute": lambda tree: any(not length.isdigit() for length in _lengths(tree)),
    "InvalidMIMEAttribute": lambda tree: any(one.count("/") != 1 for one in _types(tree)),
}
