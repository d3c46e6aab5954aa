"""Which picture first: candidates in order, and why others are none."""

import re
from collections.abc import Collection, Iterable, Sequence
from urllib.parse import unquote, urlsplit

from relay.core.document import ParsedEntry, Picture
from relay.core.markup.pictures import pictures_in
from relay.core.pictures.candidate import Candidate, Standing

MOST = 20
"""Candidates of one entry."""
ICON = 60
"""Pixels of a side: less is a counter, a spacer, an icon."""
SMALL = 320
"""Pixels of width: less is a thumbnail, whose turn comes after the others."""
LEAST_WIDTH, LEAST_HEIGHT = 200, 100
"""Of a picture that is shown, in pixels."""
TALLEST, WIDEST = 1 / 3, 4.0
"""Shapes, width by height, between which a picture is one to look at."""
REPEATED = 3
"""An address that so many entries of a source have is its logo."""

_NO_PICTURE = frozenset({"logo", "logos", "avatar", "icon", "icons", "favicon", "sprite", "spacer", "share", "pixel"})
_SIZE = re.compile(r"[-_](\d{2,4})x(\d{2,4})(?=\.\w+$)")
"""How WordPress names the sizes of one picture: ``place-300x200.jpg``."""


def candidates(entry: ParsedEntry) -> tuple[Picture, ...]:
    """Every picture that ``entry`` names or shows, the best named first, each address once."""
    named = entry.pictures or ((entry.picture,) if entry.picture else ())
    first: dict[str, Picture] = {}
    for picture in (*named, *pictures_in(entry.article_html or "", entry.url or "")):
        first.setdefault(picture.url, picture)
    return tuple(first.values())[:MOST]


def rank(found: Sequence[Picture], repeated: Collection[str] = (), start: int = 0) -> tuple[Candidate, ...]:
    """All of ``found``, placed from ``start`` on: those to look at, the best first, then those that are none, with why.

    ``repeated`` are the addresses that ``REPEATED`` or more entries of the source have.
    """
    judged = [(picture, fault(picture, repeated)) for picture in found]
    good = sorted((picture for picture, why in judged if not why), key=_is_small)
    bad = [(picture, why) for picture, why in judged if why]
    ranked = [*((picture, "") for picture in good), *bad]
    return tuple(
        Candidate(start + place, picture, Standing.PASSED if why else Standing.WANTED, why)
        for place, (picture, why) in enumerate(ranked)
    )


def fault(picture: Picture, repeated: Collection[str] = ()) -> str:
    """Why this is no picture of the entry, in a sentence; empty if nothing speaks against it."""
    width, height = declared(picture)
    if min(ICON if side is None else side for side in (width, height)) < ICON:
        return "It is a counter, a spacer or an icon by its size."
    if width and height and not TALLEST <= width / height <= WIDEST:
        return "It is a banner or a bar by its shape."
    if words := _NO_PICTURE.intersection(_words(picture.url)):
        return f"It is called “{min(words)}”."
    if picture.url in repeated:
        return f"{REPEATED} or more entries of the source have it: it is the source's, not theirs."
    return ""


def declared(picture: Picture) -> tuple[int | None, int | None]:
    """Width and height in pixels as its source says them, or as its name does."""
    if picture.width is not None or picture.height is not None:
        return picture.width, picture.height
    named = _SIZE.search(urlsplit(picture.url).path)
    return (int(named[1]), int(named[2])) if named else (None, None)


def misfit(width: int, height: int) -> str:
    """Why a picture of this size (pixels) is not shown, in a sentence; empty where it is fit."""
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return f"It has {width} × {height} pixels; {LEAST_WIDTH} × {LEAST_HEIGHT} are the least."
    if not TALLEST <= width / height <= WIDEST:
        return f"It has {width} × {height} pixels: the shape of a banner or of a bar."
    return ""


def repeated_in(entries: Iterable[ParsedEntry]) -> frozenset[str]:
    """The addresses that ``REPEATED`` or more of these entries have."""
    counted: dict[str, int] = {}
    for entry in entries:
        for picture in candidates(entry):
            counted[picture.url] = counted.get(picture.url, 0) + 1
    return frozenset(url for url, number in counted.items() if number >= REPEATED)


def _is_small(picture: Picture) -> bool:
    width, _ = declared(picture)
    return width is not None and width < SMALL


def _words(url: str) -> set[str]:
    """The words of the file's name."""
    try:
        name = unquote(urlsplit(url).path).rpartition("/")[2].lower()
    except ValueError:
        return set()
    return {*re.findall(r"[^\W\d_]+", name.rpartition(".")[0] or name)}
