"""Which entry reads alone as it reads among the others, and how much of what a document may hold it takes."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html import unescape

from relay.intake.reading.amounts import MOST

MOST_IN_NAMES = 900
"""Bytes in the names of people, of one entry: so no document comes to where a reader begins to cut them."""
_CATEGORY_TAGS = 10
"""What a category counts as for whoever reads: see ``reading/amounts.py``, beside which this counts too many."""

_NESTED = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:item|entry)(?=[\s>/])", re.IGNORECASE)
_SECTION = re.compile(rb"<!\[CDATA\[|<!--")
_PERSON = re.compile(
    rb"<(/?)(?:[\w.-]{1,40}:)?(author|contributor|creator|email|managingeditor|name|owner|publisher|webmaster)\b[^<>]*?(/?)>",
    re.IGNORECASE,
)
_LISTS = (b"keywords", b"tags")
_CATEGORIES = (b"category", b"subject", *_LISTS)
_LISTED = re.compile(
    rb"<(?!/)[^\s<>]{0,100}?(?:keywords|tags)(?!\s{0,20}/>)(.*?)(?:(</[^\s<>]{0,100}?(?:keywords|tags))|\Z)",
    re.DOTALL,
)
"""In lower case."""
_TEXT = re.compile(
    rb"<(/?)(?!media:content)(?:[\w.-]{1,40}:)?(?:abstract|body|browserfriendly|content|copyright|description|encoded|"
    rb"fullitem|info|rights|subtitle|summary|tagline|title)(?=[\s/>])[^<>]*?(/?)>",
    re.IGNORECASE,
)
_CONTENT = re.compile(rb"<(?!media:)(?:[\w.-]{1,40}:)?(?:body|content|encoded|fullitem)(?=[\s/>])", re.IGNORECASE)
_SUMMARY = re.compile(rb"<(?:[\w.-]{1,40}:)?(summary|description)(?=[\s/>])", re.IGNORECASE)
_TITLE = re.compile(rb"<(/?)(?:[\w.-]{1,40}:)?(title|image|source|textinput)(?=[\s/>])[^<>]*?(/?)>")
"""In lower case: a title, or what has one of its own."""
_BREAK = re.compile(rb"\W")
_DECLARED = re.compile(rb"xmlns:([\w.-]{1,100})\s{0,10}=\s{0,10}[\"']([^\"'<>]{0,500})")
_MEDIA = b"//search.yahoo.com/mrss"
_ADDRESS = re.compile(rb"url\s*+=\s*+(?:\"([^\"<]++)|'([^'<]++))")
_ADDRESS_IN_ANY_CASE = re.compile(_ADDRESS.pattern, re.IGNORECASE)
"""As feedparser takes it. It is slow, and words are only found by a name in lower case: see ``reading/pictures.py``."""
_WORDED = re.compile(rb"<[^\s<>/]{0,100}?thumbnail(?:\s[^<>]*+)?+(?<!/)>(?!\s*+</)", re.IGNORECASE)
"""A thumbnail with something in it, which may be its address."""


def weight(part: bytes) -> int:
    """What it counts for, of the ``MOST`` that a document may have: no less than ``amount`` says of it."""
    lower = part.lower()
    tags = part.count(b"<") + part.count(b"/>") + part.count(b"&") // 2 + 1
    listed = sum(len(_BREAK.findall(words)) + 1 for words, _ in _lists(lower))
    return tags + _CATEGORY_TAGS * (listed + sum(map(lower.count, _CATEGORIES)))


def _lists(lower: bytes) -> Sequence[tuple[bytes, bytes]]:
    """The words of each element that may have many categories, and its end tag, where it has one."""
    return _LISTED.findall(lower) if any(word in lower for word in _LISTS) else ()


def fits(weights: int) -> bool:
    """Whether a whole document of that weight is read to its end."""
    return weights <= MOST


def is_alone(entry: bytes) -> bool:
    """Whether it holds no other entry, and leaves nothing open for those behind it."""
    markup = _markup(entry)
    is_one = len(_NESTED.findall(markup)) == 1 and _keeps_texts_apart(markup)
    return is_one and all(end for _, end in _lists(entry.lower())) and _closes_its_names(entry)


def _markup(entry: bytes) -> bytes:
    """Without its sections."""
    kept, end = [], 0
    while opening := _SECTION.search(entry, end):
        kept.append(entry[end : opening.start()])
        close = b"-->" if opening[0] == b"<!--" else b"]]>"
        found = entry.find(close, opening.end())
        end = found + len(close) if found >= 0 else len(entry)
    return b"".join((*kept, entry[end:]))


def _keeps_texts_apart(markup: bytes) -> bool:
    """Whether no text has another within it: feedparser loses count over those, in all the entries behind as well."""
    is_open = False
    for tag in _TEXT.finditer(markup):
        if is_open and not tag[1]:
            return False
        is_open = not tag[1] and not tag[2]
    return True


def _closes_its_names(entry: bytes) -> bool:
    """Readers follow the tags of people through the text itself, whatever it stands in."""
    opened: list[bytes] = []
    inside = end = 0
    for tag in _PERSON.finditer(entry):
        inside += tag.start() - end if opened else 0
        end, name = tag.end(), tag[2].lower()
        if not tag[1] and not tag[3]:
            opened.append(name)
        elif tag[1] and opened[-1:] == [name]:
            opened.pop()
    return not opened and inside <= MOST_IN_NAMES


def is_led_up_to(head: bytes, tail: bytes, *, has_first: bool) -> bool:
    """Whether entries say the same wherever in a document they stand; or whether the first of them ``has_first`` place.

    To feedparser the content of a feed, or a second summary of it, is the beginning of its first entry's.
    """
    if _is_quiet(head + tail):
        return True
    return has_first and not (_CONTENT.search(tail) or _SUMMARY.search(tail))


def has_title(tail: bytes) -> bool:
    """Whether a title stands behind the entries: it counts, but not where none of them is between it and another."""
    around = 0
    for slash, name, empty in _TITLE.findall(_markup(tail).lower()):
        if name == b"title" and not (slash or around):
            return True
        around += 0 if name == b"title" or empty else -1 if slash else 1
    return False


def _is_quiet(around: bytes) -> bool:
    words = [found.lower() for found in _SUMMARY.findall(around)]
    return not _CONTENT.search(around) and (len(words) < 2 or b"summary" not in words)


def agree(body: bytes, head: bytes) -> bool:
    """Whether each prefix means one namespace all over the document, and each namespace has one prefix."""
    if body.count(b"xmlns:") == head.count(b"xmlns:"):
        return True
    declared = set(_DECLARED.findall(body))
    return len({prefix for prefix, _ in declared}) == len({address for _, address in declared}) == len(declared)


def shares_media(body: bytes, part: bytes) -> bool:
    """Whether a file of Media RSS in ``part`` may be in the rest of ``body`` too, where words for it may stand."""
    if _MEDIA not in body:
        return False
    own = set(_addresses(_ADDRESS_IN_ANY_CASE, part))
    others = Counter(_addresses(_ADDRESS, body) if own else ())
    others.subtract(_addresses(_ADDRESS, part))
    return bool(_WORDED.search(part)) or any(others[address] > 0 for address in own)


def _addresses(written: re.Pattern[bytes], part: bytes) -> Iterator[str]:
    """Those that are attributes, as they are read: there are several ways to write a character."""
    return (unescape((double or single).decode("utf-8", "replace")) for double, single in written.findall(part))
