"""Which entry reads alone as it reads among the others, and how much of what a document may hold it takes."""

import re

from relay.intake.reading.amounts import MOST

MOST_IN_NAMES = 900
"""Bytes in the names of people, of one entry: so no document comes to where a reader begins to cut them."""
MOST_FILES = 200
_CATEGORY_TAGS = 10
"""What a category counts as for whoever reads: see ``reading/amounts.py``, beside which this counts too many."""

_NESTED = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:item|entry)(?=[\s>/])", re.IGNORECASE)
_SECTION = re.compile(rb"<!\[CDATA\[|<!--")
_PERSON = re.compile(
    rb"<(/?)(?:[\w.-]{1,40}:)?(author|contributor|creator|email|managingeditor|name|owner|publisher|webmaster)\b[^<>]*?(/?)>",
    re.IGNORECASE,
)
_CATEGORY = re.compile(rb"category|keywords|subject|tags", re.IGNORECASE)
_LISTED = re.compile(
    rb"<(?!/)[^\s<>]{0,100}?(?:keywords|tags)(?!\s{0,20}/>)(.*?)(?:(</[^\s<>]{0,100}?(?:keywords|tags))|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_TEXT = re.compile(
    rb"<(/?)(?!media:content)(?:[\w.-]{1,40}:)?(?:abstract|body|browserfriendly|content|copyright|description|encoded|"
    rb"fullitem|info|rights|subtitle|summary|tagline|title)(?=[\s/>])[^<>]*?(/?)>",
    re.IGNORECASE,
)
_CONTENT = re.compile(rb"<(?!media:)(?:[\w.-]{1,40}:)?(?:body|content|encoded|fullitem)(?=[\s/>])", re.IGNORECASE)
_SUMMARY = re.compile(rb"<(?:[\w.-]{1,40}:)?(summary|description)(?=[\s/>])", re.IGNORECASE)
_BREAK = re.compile(rb"\W")
_DECLARED = re.compile(rb"xmlns:([\w.-]{1,100})\s{0,10}=\s{0,10}[\"']([^\"'<>]{0,500})")
_MEDIA = b"//search.yahoo.com/mrss"
_ADDRESS = re.compile(rb"\surl\s{0,10}=\s{0,10}[\"']([^\"'<>]{1,2000})")


def weight(part: bytes) -> int:
    """What it counts for, of the ``MOST`` that a document may have: no less than ``amount`` says of it."""
    tags = part.count(b"<") + part.count(b"/>") + part.count(b"&") // 2 + 1
    listed = sum(len(_BREAK.findall(found[1])) + 1 for found in _LISTED.finditer(part))
    return tags + _CATEGORY_TAGS * (listed + len(_CATEGORY.findall(part)))


def fits(weights: int) -> bool:
    """Whether a whole document of that weight is read to its end."""
    return weights <= MOST


def is_alone(entry: bytes) -> bool:
    """Whether it holds no other entry, and leaves nothing open for those behind it."""
    markup = _markup(entry)
    is_one = len(_NESTED.findall(markup)) == 1 and _keeps_texts_apart(markup)
    return is_one and all(found[2] for found in _LISTED.finditer(entry)) and _closes_its_names(entry)


def _markup(entry: bytes) -> bytes:
    """Without its sections, each of which is known to have an end."""
    kept, end = [], 0
    while opening := _SECTION.search(entry, end):
        kept.append(entry[end : opening.start()])
        close = b"-->" if opening[0] == b"<!--" else b"]]>"
        end = entry.index(close, opening.end()) + len(close)
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
    """Whether a file of Media RSS in ``part`` is in the rest of ``body`` too, where words for it may stand.

    It is taken to be so where there are more than ``MOST_FILES``: each is looked for.
    """
    addresses = set(_ADDRESS.findall(part)) if _MEDIA in body else ()
    return len(addresses) > MOST_FILES or any(body.count(one) > part.count(one) for one in addresses)
