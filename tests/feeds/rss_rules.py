"""What the validator says of RSS documents (RSS 2.0 and the profile of the RSS Advisory Board)."""

import re
from email.utils import parsedate_to_datetime

from tests.feeds.shared_rules import ATOM, CONTENT, MEDIA, Rule, Tree, is_sufficient, repeats, self_links, texts

_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_COMMONS = "{http://backend.userland.com/creativeCommonsRssModule}license"
_SYNDICATION = "{http://purl.org/rss/1.0/modules/syndication/}"
_HISTORY = "{http://purl.org/syndication/history/1.0}"

_CHANNEL = {
    "title", "link", "description", "language", "copyright", "managingEditor", "webMaster", "pubDate", "lastBuildDate",
    "category", "generator", "docs", "cloud", "ttl", "image", "rating", "textInput", "skipHours", "skipDays", "item",
    _COMMONS, f"{_SYNDICATION}updatePeriod", f"{_SYNDICATION}updateFrequency", f"{_HISTORY}archive",
    f"{_HISTORY}complete",
}  # fmt: skip
_ITEM = {
    "title", "link", "description", "author", "category", "comments", "enclosure", "guid", "pubDate", "source",
    CONTENT, _CREATOR, f"{MEDIA}thumbnail", f"{MEDIA}group",
}  # fmt: skip
_PEOPLE = ("channel/managingEditor", "channel/webMaster", "channel/item/author")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")


def _has_others(tree: Tree, path: str, known: set[str]) -> bool:
    return not {str(child.tag) for parent in tree.iterfind(path) for child in parent} <= known | {f"{ATOM}link"}


def _content_comes_first(tree: Tree) -> bool:
    orders = [[child.tag for child in item] for item in tree.iter("item")]
    return any(CONTENT in tags and "description" in tags[tags.index(CONTENT) :] for tags in orders)


def _has_wrong_weekday(text: str) -> bool:
    return not text.startswith(f"{parsedate_to_datetime(text):%a, %d %b %Y}")


def _differs_in_image(tree: Tree, name: str) -> bool:
    return any(one.findtext(name) != tree.findtext(f"channel/{name}") for one in tree.iterfind("channel/image"))


RSS_RULES: dict[str, Rule] = {
    "MissingAtomSelfLink": lambda tree: len(self_links(tree)) != 1,
    "NeedDescriptionBeforeContent": _content_comes_first,
    "UndefinedElement": lambda tree: _has_others(tree, "channel", _CHANNEL) or _has_others(tree, "channel/item", _ITEM),
    "IncorrectDOW": lambda tree: any(map(_has_wrong_weekday, texts(tree, ".//pubDate", ".//lastBuildDate"))),
    "DuplicateValue": lambda tree: repeats(texts(tree, "channel/item/guid")),
    "NotSufficientlyUnique": lambda tree: not all(map(is_sufficient, texts(tree, "channel/item/guid"))),
    "MissingDescription": lambda tree: not tree.findtext("channel/description"),
    "MissingLanguage": lambda tree: not tree.findtext("channel/language"),
    "EmailFormat": lambda tree: not all(map(_ADDRESS.match, texts(tree, *_PEOPLE))),
    "MissingRealName": lambda tree: any(_ADDRESS.fullmatch(text) for text in texts(tree, *_PEOPLE)),
    "ImageTitleDoesntMatch": lambda tree: _differs_in_image(tree, "title"),
    "ImageLinkDoesntMatch": lambda tree: _differs_in_image(tree, "link"),
    "DuplicateEnclosure": lambda tree: any(len(item.findall("enclosure")) > 1 for item in tree.iter("item")),
    "MissingGuid": lambda tree: any(not item.findtext("guid") for item in tree.iter("item")),
}
