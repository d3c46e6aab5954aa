"""What feedparser would misread, written so that it does not."""

import re

from relay.intake.reading.sections import sections

CAPTION, HEADING = "media_caption", "media_heading"
"""What Media RSS calls description and title, under names that feedparser does not take for those of the entry."""
OF_ATOM = "of"
"""The attribute that tells Atom's links from RSS's own, which go before them."""

_PREFIXES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}
APART = "\ufdd0"
"""A character that no text has (Unicode 23.7). Without it between them, feedparser takes "É»" for bytes of UTF-8."""
_LIKE_BYTES = re.compile(rb"\xc3[\x82-\xb4](?=\xc2[\x80-\xbf])")
"""A letter from U+00C2 to U+00F4 before one from U+0080 to U+00BF, in UTF-8: there it takes a third of the time."""
_ROOT = re.compile(r"<[A-Za-z_][\w:.-]{0,60}")
_MEDIA = re.compile(r"xmlns:([\w-]{1,40})\s*=\s*[\"']https?://search\.yahoo\.com/mrss")
_ATOM = re.compile(r"xmlns:([\w-]{1,40})\s*=\s*[\"']http://www\.w3\.org/2005/Atom")
_NAME = re.compile(r"<((?:[\w-]{1,40}:)?(?:guid|id))>")


def steered(xml: str) -> str:
    """The same document, in which feedparser finds what is there and takes it for nothing else."""
    for step in (_with_own_media_words, _with_marked_links, _with_plain_names, _with_letters_apart):
        xml = step(xml)
    return xml


def with_known_prefixes(xml: str, notes: list[str]) -> str:
    """Prefixes that everybody knows and that this document forgot to declare (Namespaces in XML 1.0 §5)."""
    forgotten = [prefix for prefix in _PREFIXES if f"<{prefix}:" in xml and f"xmlns:{prefix}" not in xml]
    if not forgotten:
        return xml
    parts = list(sections(xml))
    used = [prefix for prefix in forgotten if any(f"<{prefix}:" in part for part, is_markup in parts if is_markup)]
    notes += [f"undeclared prefix {prefix}:" for prefix in used]
    declared = "".join(f' xmlns:{prefix}="{_PREFIXES[prefix]}"' for prefix in used)
    root = next((place for place, (part, is_markup) in enumerate(parts) if is_markup and _ROOT.search(part)), 0)
    parts[root] = (_ROOT.sub(rf"\g<0>{declared}", parts[root][0], count=1), True)
    return "".join(part for part, _ in parts)


def _with_own_media_words(xml: str) -> str:
    prefix = _MEDIA.search(xml)
    if prefix:
        for old, new in (("description", CAPTION), ("title", HEADING)):
            own = new.replace("media_", f"{prefix[1]}:")
            xml = xml.replace(f"<{prefix[1]}:{old}", f"<{own}").replace(f"</{prefix[1]}:{old}", f"</{own}")
    return xml


def _with_marked_links(xml: str) -> str:
    """Atom's links are marked where they stand in RSS; an ``uri`` on RSS's own is not the address."""
    prefix = _ATOM.search(xml)
    if prefix:
        xml = re.sub(rf"<{prefix[1]}:link(?=\s)", f'<{prefix[1]}:link {OF_ATOM}="atom"', xml)
    return xml.replace("<link uri=", "<link about=")


def _with_plain_names(xml: str) -> str:
    """A guid is what it is: feedparser would make an address of it, by that of the feed, which may change."""
    return _NAME.sub(r'<\1 isPermaLink="false">', xml)


def _with_letters_apart(xml: str) -> str:
    apart, count = _LIKE_BYTES.subn(rf"\g<0>{APART}".encode(), xml.encode("utf-8", "surrogatepass"))
    return apart.decode("utf-8", "surrogatepass") if count else xml
