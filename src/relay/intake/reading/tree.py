"""The document as a tree, for what feedparser does not keep of it."""

import html
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

_NAMED = re.compile(r"&(?:amp|lt|gt|quot|apos);")
_ABSENT = etree.Element("absent")


def tree(xml: str) -> Any:
    """The root of ``xml``, read as far as it can be; an element without anything in it where it cannot."""
    try:
        root = etree.fromstring(xml.encode("utf-8", "replace"), _parser(recover=False))
    except etree.XMLSyntaxError:
        # libxml2 drops &amp; and its like, though not numbers, from all that follows a mistake.
        numbered = _NAMED.sub(lambda match: f"&#{ord(html.unescape(match[0]))};", xml)
        root = etree.fromstring(numbered.encode("utf-8", "replace"), _parser(recover=True))
    return _ABSENT if root is None else root


def well_formed(xml: str) -> Any | None:
    """The root of ``xml``; ``None`` if there is any mistake in it, in its namespaces as well."""
    parser = _parser(recover=False)
    try:
        root = etree.fromstring(xml.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    return None if any(mistakes_in_namespaces(parser.error_log)) else root


def mistakes_in_namespaces(errors: Any) -> Iterator[str]:
    """libxml2 goes on after these; that an address is relative is only a warning."""
    wrong = (one for one in errors if one.domain == etree.ErrorDomains.NAMESPACE)
    return (str(one.message) for one in wrong if one.level >= etree.ErrorLevels.ERROR)


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )


def recovered(xml: str) -> str:
    """Well-formed XML that holds what can be read of ``xml``."""
    return str(etree.tostring(tree(xml), encoding="unicode"))


def head(root: Any) -> Any:
    """The element in which a feed speaks of itself: RSS's ``channel``, Atom's ``feed``."""
    return next((child for child in root if name(child) == "channel"), root)


def name(element: Any) -> str:
    """The name of an element, of whatever namespace, in lower case."""
    return str(element.tag).rpartition("}")[2].lower()


def texts(root: Any, around: str, within: str) -> list[str]:
    """The texts of the elements ``within`` the first element ``around`` in what the feed says of itself."""
    outer = next((child for child in head(root) if name(child) == around), ())
    return [(child.text or "").strip() for child in outer if name(child) == within]
