"""The pictures of an entry, with their alternative texts: the feed's own, then those of the content."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from relay.core.document import Enclosure, Picture
from relay.core.markup.pictures import credit_in, pictures_in, pixels
from relay.intake.reading import fields
from relay.intake.reading.steering import CAPTION, HEADING

MOST = 20
"""Pictures of one entry that are kept as candidates."""
_MEDIA = "http://search.yahoo.com/mrss/"
_SUFFIX = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)$", re.IGNORECASE)
_SIZE = re.compile(r"-\d+x\d+(?=\.\w+$)")
_FIGURES = re.compile(r"<figure\b(?:.*?)</figure>|<img\b[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*>", re.DOTALL)
_SMALLEST = 60
"""Pixels of a side: less is a counter, a spacer, an icon."""


@dataclass(frozen=True, slots=True)
class MediaTexts:
    """What Media RSS says of pictures, by their addresses: words for them, and whom to name."""

    words: Mapping[str, str] = field(default_factory=dict)
    credits: Mapping[str, str] = field(default_factory=dict)


def pictures(
    found: Mapping[str, Any], enclosures: Sequence[Enclosure], content: str, base: str, said: MediaTexts
) -> tuple[Picture | None, tuple[Picture, ...]]:
    """The first choice, and every candidate, the best named first.

    The first choice is Media RSS's, an enclosed one, the entry's image, or the first one shown in ``content``. Without
    words of Media RSS the alternative text is the content's own.
    """
    shown = pictures_in(_around_pictures(content), base) if "<img" in content else ()
    first = next((replace(one, width=None, height=None, credit="") for one in shown if not _is_tiny(one)), None)
    media, enclosed = _media(found, base, said), _enclosed(enclosures)
    image = _image(found, base)
    chosen = next((replace(one, width=None, height=None, credit="") for one in (*media, *enclosed, *image)), first)
    if chosen and first and not chosen.alt and _same_file(chosen.url, first.url):
        chosen = replace(chosen, alt=first.alt)
    return chosen, _each_once((*enclosed, *media, *image, *shown))


def _around_pictures(content: str) -> str:
    """As much of safe HTML as has to do with pictures: they themselves, and the figures that have captions for them."""
    parts = _FIGURES.findall(content)
    return content if any(part.count("<figure") > 1 for part in parts) else "".join(parts)


def texts_of_media(root: Any) -> MediaTexts:
    """The descriptions or else the titles, and the credits, of all pictures of a document."""
    media = [element for name in ("content", "thumbnail") for element in root.iter(f"{{{_MEDIA}}}{name}")]
    return MediaTexts(_texts(media, CAPTION, HEADING), _texts(media, f"{{{_MEDIA}}}credit"))


def _texts(media: Sequence[Any], name: str, other: str = "") -> dict[str, str]:
    """Each picture's own words of this name, or of the other; what stands beside it is of all that stand there."""
    beside = {place: _text(place, name) for place in {element.getparent() for element in media} - {None}}
    own = ((element, _text(element, name) or (_text(element, other) if other else None)) for element in media)
    texts = ((element.get("url", ""), words or beside.get(element.getparent())) for element, words in own)
    return {url: words for url, words in texts if url and words}


def _text(place: Any, name: str) -> str | None:
    found = place.findtext(name if name.startswith("{") else "{*}" + name.removeprefix("media_"))
    return fields.line(found, is_html=True) if found else None


def _media(found: Mapping[str, Any], base: str, said: MediaTexts) -> tuple[Picture, ...]:
    """Media RSS's pictures, the widest first, then its thumbnails."""
    media = sorted(
        (medium for medium in found.get("media_content") or () if _is_picture(medium)),
        key=lambda medium: -(fields.number(medium.get("width")) or 0),
    )
    offered = (*media, *(found.get("media_thumbnail") or ()))
    return tuple(islice((one for medium in offered if (one := _medium(medium, base, said))), MOST))


def _medium(medium: Mapping[str, Any], base: str, said: MediaTexts) -> Picture | None:
    written = fields.clean(medium.get("url"))
    url = fields.address(base, written)
    if url is None:
        return None
    return Picture(
        url,
        said.words.get(written, ""),
        fields.line(medium.get("type")),
        fields.number(medium.get("filesize")),
        pixels(medium.get("width")),
        pixels(medium.get("height")),
        _credit(said.credits.get(written, "")),
    )


def _credit(written: str) -> str:
    """As it would stand beneath the picture: the element may hold a name only."""
    return credit_in(written) or (f"© {written}" if written else "")


def _enclosed(enclosures: Sequence[Enclosure]) -> tuple[Picture, ...]:
    named = (
        enclosure
        for enclosure in enclosures
        if (enclosure.type or "").startswith("image/") or (not enclosure.type and _has_suffix(enclosure.url))
    )
    return tuple(Picture(one.url, "", one.type, one.length) for one in islice(named, MOST))


def _image(found: Mapping[str, Any], base: str) -> tuple[Picture, ...]:
    url = fields.address(base, (found.get("image") or {}).get("href"))
    return (Picture(url),) if url else ()


def _each_once(offered: Sequence[Picture]) -> tuple[Picture, ...]:
    """What is said of a picture in several places, together; the words of the content serve its sizes as well."""
    first: dict[str, Picture] = {}
    for one in offered:
        known = first.setdefault(one.url, one)
        if known is one:
            continue
        first[one.url] = replace(
            known,
            alt=known.alt or one.alt,
            width=known.width or one.width,
            height=known.height or one.height,
            credit=known.credit or one.credit,
        )
    found = list(first.values())[:MOST]
    words = {_file(one.url): one.alt for one in reversed(found) if one.alt}
    return tuple(one if one.alt else replace(one, alt=words.get(_file(one.url), "")) for one in found)


def _is_tiny(picture: Picture) -> bool:
    return min(_SMALLEST if side is None else side for side in (picture.width, picture.height)) < _SMALLEST


def _is_picture(medium: Mapping[str, Any]) -> bool:
    kind = fields.clean(medium.get("type"))
    if medium.get("medium") or kind:
        return medium.get("medium") == "image" or kind.startswith("image/")
    return _has_suffix(fields.clean(medium.get("url")))


def _has_suffix(url: str) -> bool:
    return bool(_SUFFIX.search(url.partition("?")[0]))


def _same_file(one: str, other: str) -> bool:
    """Whether two addresses are of one picture, be it in two sizes as WordPress names them."""
    return _file(one) == _file(other)


def _file(url: str) -> str:
    return _SIZE.sub("", urlsplit(url).path)
