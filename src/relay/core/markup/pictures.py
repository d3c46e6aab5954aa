"""Every picture in HTML, with what is said of it there."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from relay.core.document import Picture
from relay.core.markup.html import address_in
from relay.core.markup.readable import is_trap, valid

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST = 100
"""Pictures of one text that are looked at."""
LONGEST_CREDIT = 200
"""Characters."""

_NUMBER = re.compile(r"\s*([0-9]{1,5})(?:\.[0-9]+)?\s*(?:px)?\s*")
_CREDIT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b|\b(?:photo(?:graphie)?s?|illustrations?|visuels?|images?)\s?:"
    r"|\b(?:photos? |picture |image )?cr[eé]dits?(?: photos?(?:graphiques?)?| image)?\s?:).*",
    re.IGNORECASE | re.DOTALL,
)


def pictures_in(source: str, base: str) -> tuple[Picture, ...]:
    """The pictures of HTML in its order, with the sizes and the credits that it gives them, once each address."""
    if "<img" not in source.lower() or is_trap(source):
        return ()
    from lxml import html  # noqa: PLC0415  # most HTML has no picture

    tree = html.document_fromstring(f"<div>{valid(source)}</div>")
    found: dict[str, Picture] = {}
    for picture in islice(_shown(tree, base), MOST):
        found.setdefault(picture.url, picture)
    return tuple(found.values())


def credit_in(caption: str) -> str:
    """Whom a caption names for its picture: all from the "©" or the "Photo :" on; empty where it names nobody."""
    said = _CREDIT.search(caption)
    return " ".join(said[0].split())[:LONGEST_CREDIT].strip() if said else ""


def pixels(written: object) -> int | None:
    """A width or a height as HTML and feeds write it ("640", "640px"); ``None`` for anything else."""
    said = _NUMBER.fullmatch(written) if isinstance(written, str) else None
    return int(said[1]) if said else None


def _shown(tree: "HtmlElement", base: str) -> Iterator[Picture]:
    for image in tree.iter("img"):
        if url := address_in(base, image.get("src") or ""):
            yield Picture(
                url,
                alt=" ".join((image.get("alt") or "").split()),
                width=pixels(image.get("width")),
                height=pixels(image.get("height")),
                credit=_credit(image),
            )


def _credit(image: "HtmlElement") -> str:
    figure = next(image.iterancestors("figure"), None)
    caption = None if figure is None else figure.find(".//figcaption")
    return "" if caption is None else credit_in("".join(caption.itertext()))
