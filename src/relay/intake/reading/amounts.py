"""How much there is in a document for parsers to do, told by counting and before any of them sees it."""

import re

MOST = 80_000
"""Tags of XML and of HTML that one document may have, as ``amount`` counts them; a long feed has 15,000."""
_CATEGORY_TAGS = 10
"""What a category counts as: feedparser compares each with every other."""

_CATEGORY = re.compile(r"<(?!/)[^\s<>]*?(?:category|keywords|subject|tags)", re.IGNORECASE)
_LISTS = re.compile(r"<[^\s<>/][^\s<>]*?(?:keywords|tags)|<(?:keywords|tags)")
_LISTING = (b"eyword", b"tags", "tag\u017f".encode())
"""What is in such a name, in whatever letters: where case does not count, there are an s and a k that are not ASCII."""
_LISTED = re.compile(
    r"""<(?!/)[^\s<>]*?(?:keywords|tags)(?!(?:[^<>"']|"[^<"]*"|'[^<']*')*+(?<=/)>)"""
    r"""(.*?)(?:</[^\s<>]*?(?:keywords|tags)|\Z)""",
    re.IGNORECASE | re.DOTALL,
)
"""Many categories in one element, with commas or white space between them (iTunes, Media RSS), if it is not empty."""


def is_little(xml: str) -> bool:
    """Whether it is certainly no more than ``MOST``, told in a fraction of the time that counting takes."""
    lower = xml.encode("utf-8", "replace").lower()
    if any(word in lower for word in _LISTING) and _LISTS.search(xml.casefold()):
        return False
    opened, references = lower.count(b"<"), lower.count(b"&") // 2
    if (1 + _CATEGORY_TAGS) * opened + lower.count(b">") + references <= MOST:
        return True
    return opened + lower.count(b"/>") + references + _CATEGORY_TAGS * _named(lower) <= MOST


def _named(lower: bytes) -> int:
    """No less than there are categories; each of these words may be written with an old s."""
    return sum(map(lower.count, (b"category", b"subject", "\u017fubject".encode())))


def amount(xml: str) -> int:
    """Every tag, in a CDATA section or escaped as well (``&lt;p&gt;``, two references), and the categories.

    An element without anything in it costs no less than one that has two tags.
    """
    tags = xml.count("<") + xml.count("/>") + xml.count("&") // 2
    if tags > MOST:
        return tags
    listed = sum(len(re.split(r"[\s,]+", words)) for words in _LISTED.findall(xml))
    categories = listed + sum(1 for _ in _CATEGORY.finditer(xml))
    return tags + _CATEGORY_TAGS * categories
