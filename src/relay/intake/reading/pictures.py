"""The picture of an entry, with its alternative text: the feed's own, or else the first of the content."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from relay.core.document import Enclosure, Picture
from relay.core.markup.html import first_picture
from relay.intake.reading import fields
from relay.intake.reading.steering import CAPTION, HEADING

_MEDIA = "http://search.yahoo.com/mrss/"
_SUFFIX = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)$", re.IGNORECASE)
_SIZE = re.compile(r"-\d+x\d+(?=\.\w+$)")


def picture(
    found: Mapping[str, Any], enclosures: Sequence[Enclosure], content: str, base: str, words: Mapping[str, str]
) -> Picture | None:
    """The best picture: Media RSS's, an enclosed one, the entry's image, the first one shown in ``content``.

    ``words`` are the texts of Media RSS by address; without one there, the alternative text is the content's own.
    """
    shown = first_picture(content, base) if content else None
    best = next(_offered(found, enclosures, base, words), shown)
    if best and shown and not best.alt and _same_file(best.url, shown.url):
        return replace(best, alt=shown.alt)
    return best


def texts_of_media(root: Any) -> dict[str, str]:
    """What Media RSS says of each picture: its description, or else its title, by the address of the picture."""
    media = [element for name in ("content", "thumbnail") for element in root.iter(f"{{{_MEDIA}}}{name}")]
    beside = {place: _text(place, CAPTION) for place in {element.getparent() for element in media} - {None}}
    texts = ((element.get("url", ""), _words(element) or beside.get(element.getparent())) for element in media)
    return {url: words for url, words in texts if url and words}


def _words(element: Any) -> str | None:
    """Its own description, or its own title; what stands beside it is of all that stand there."""
    return _text(element, CAPTION) or _text(element, HEADING)


def _text(place: Any, name: str) -> str | None:
    found = place.findtext("{*}" + name.removeprefix("media_"))
    return fields.line(found, is_html=True) if found else None


def _offered(
    found: Mapping[str, Any], enclosures: Sequence[Enclosure], base: str, words: Mapping[str, str]
) -> Iterator[Picture]:
    """What the feed itself names as pictures, best first."""
    media = sorted(
        (medium for medium in found.get("media_content") or () if _is_picture(medium)),
        key=lambda medium: -(fields.number(medium.get("width")) or 0),
    )
    for medium in (*media, *(found.get("media_thumbnail") or ())):
        written = medium.get("url")
        if url := fields.address(base, written):
            kind, length = fields.line(medium.get("type")), fields.number(medium.get("filesize"))
            yield Picture(url, words.get(written, ""), kind, length)
    for enclosure in enclosures:
        if (enclosure.type or "").startswith("image/") or (not enclosure.type and _has_suffix(enclosure.url)):
            yield Picture(enclosure.url, "", enclosure.type, enclosure.length)
    if url := fields.address(base, (found.get("image") or {}).get("href")):
        yield Picture(url)


def _is_picture(medium: Mapping[str, Any]) -> bool:
    kind = fields.clean(medium.get("type"))
    if medium.get("medium") or kind:
        return medium.get("medium") == "image" or kind.startswith("image/")
    return _has_suffix(fields.clean(medium.get("url")))


def _has_suffix(url: str) -> bool:
    return bool(_SUFFIX.search(url.partition("?")[0]))


def _same_file(one: str, other: str) -> bool:
    """Whether two addresses are of one picture, be it in two sizes as WordPress names them."""
    return _SIZE.sub("", urlsplit(one).path) == _SIZE.sub("", urlsplit(other).path)
