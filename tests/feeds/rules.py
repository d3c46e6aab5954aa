"""The findings of the W3C feed validator that a blog such as ours could earn, under the validator's own names."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime

from lxml import etree, html

ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"

Tree = etree._Element
Rule = Callable[[Tree], bool]
"""Whether the document deserves the finding."""

_CHANNEL = {"title", "link", "description", "docs", "generator", "language", "lastBuildDate", "ttl", "item"}
_ITEM = {"title", "link", "description", "guid", "category", "enclosure", "pubDate", "source"}
_FOREIGN = {f"{ATOM}link", CONTENT, CREATOR, f"{MEDIA}thumbnail"}


def _texts(tree: Tree, path: str) -> list[str]:
    return [found.text or "" for found in tree.iterfind(path)]


def _repeats(values: list[str]) -> bool:
    return any(count > 1 for count in Counter(values).values())


def _contents(tree: Tree) -> list[html.HtmlElement]:
    texts = [*_texts(tree, f"{ATOM}entry/{ATOM}content"), *_texts(tree, f"channel/item/{CONTENT}")]
    return [html.fragment_fromstring(text, create_parent="div") for text in texts]


def _addresses(tree: Tree) -> list[str]:
    inside = [value for content in _contents(tree) for _, _, value, _ in content.iterlinks()]
    links = [link.get("href", "") for link in tree.iter(f"{ATOM}link")]
    return [*inside, *links, *_texts(tree, "channel/link"), *_texts(tree, "channel/item/link")]


def _lacks_parts(tree: Tree, path: str, names: tuple[str, ...]) -> bool:
    return any(not element.findtext(f"{ATOM}{name}") for element in tree.iterfind(path) for name in names)


def _alternates_repeat(tree: Tree) -> bool:
    parents = (tree, *tree.iter(f"{ATOM}entry"), *tree.iter(f"{ATOM}source"))
    return any(
        _repeats(
            [
                f"{link.get('type')} {link.get('hreflang')}"
                for link in parent.iterfind(f"{ATOM}link")
                if link.get("rel", "alternate") == "alternate"
            ]
        )
        for parent in parents
    )


def _content_comes_first(tree: Tree) -> bool:
    orders = [[child.tag for child in item] for item in tree.iter("item")]
    return any(CONTENT in tags and "description" in tags[tags.index(CONTENT) :] for tags in orders)


def _wrong_weekday(text: str) -> bool:
    return not text.startswith(f"{parsedate_to_datetime(text):%a, %d %b %Y}")


def _self_links(tree: Tree) -> list[str]:
    return [link.get("href", "") for link in tree.iter(f"{ATOM}link") if link.get("rel") == "self"]


def _is_naive(text: str) -> bool:
    return datetime.fromisoformat(text).tzinfo is None


ATOM_RULES: dict[str, Rule] = {
    "MissingSelf": lambda tree: "https://blog.exemple.fr/atom.xml" not in _self_links(tree),
    "DuplicateAtomLink": _alternates_repeat,
    "DuplicateIds": lambda tree: _repeats(_texts(tree, f"{ATOM}entry/{ATOM}id")),
    "DuplicateUpdated": lambda tree: _repeats(_texts(tree, f"{ATOM}entry/{ATOM}updated")),
    "MissingElement": lambda tree: (
        _lacks_parts(tree, f"{ATOM}entry", ("id", "title", "updated")) or not tree.findtext(f"{ATOM}author/{ATOM}name")
    ),
    "MissingSourceElement": lambda tree: _lacks_parts(tree, f"{ATOM}entry/{ATOM}source", ("id", "title", "updated")),
    "InvalidRFC3339Date": lambda tree: any(_is_naive(text) for text in _texts(tree, f".//{ATOM}updated")),
}
RSS_RULES: dict[str, Rule] = {
    "MissingAtomSelfLink": lambda tree: _self_links(tree) != ["https://blog.exemple.fr/rss.xml"],
    "NeedDescriptionBeforeContent": _content_comes_first,
    "UndefinedElement": lambda tree: (
        not {str(child.tag) for child in tree[0]} <= _CHANNEL | _FOREIGN
        or not {str(child.tag) for item in tree.iter("item") for child in item} <= _ITEM | _FOREIGN
    ),
    "IncorrectDOW": lambda tree: any(
        _wrong_weekday(text) for text in [*_texts(tree, ".//pubDate"), *_texts(tree, ".//lastBuildDate")]
    ),
    "DuplicateValue": lambda tree: _repeats(_texts(tree, "channel/item/guid")),
    "MissingDescription": lambda tree: not tree.findtext("channel/description"),
    "MissingLanguage": lambda tree: not tree.findtext("channel/language"),
}
SHARED_RULES: dict[str, Rule] = {
    "ContainsRelRef": lambda tree: any(not url.startswith(("https://", "http://")) for url in _addresses(tree)),
    "SecurityRisk": lambda tree: any(
        content.find(f".//{tag}") is not None for content in _contents(tree) for tag in ("script", "style", "iframe")
    ),
    "DangerousStyleAttr": lambda tree: any(content.xpath(".//*[@style]") for content in _contents(tree)),
    "MediaGroupWithoutAlternatives": lambda tree: tree.find(f".//{MEDIA}group") is not None,
    "ContainsHTML": lambda tree: any(
        "</" in text for text in [*_texts(tree, ".//title"), *_texts(tree, f".//{ATOM}title")]
    ),
    "BadCharacters": lambda tree: any(
        "\x80" <= sign <= "\x9f" or sign == "\ufffd" for sign in "".join(map(str, tree.itertext()))
    ),
}


def findings(document: bytes) -> list[str]:
    """The names of all rules that an Atom or RSS document breaks."""
    tree = etree.fromstring(document)
    own = ATOM_RULES if tree.tag == f"{ATOM}feed" else RSS_RULES
    return [name for name, broken in (own | SHARED_RULES).items() if broken(tree)]
