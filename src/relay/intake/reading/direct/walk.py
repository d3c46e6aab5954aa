"""A document that is well-formed, as feedparser finds it: the walk from element to element."""

from collections.abc import Mapping
from typing import Any

from relay.intake.reading.direct.addresses import beginning
from relay.intake.reading.direct.elements import ELEMENTS, ENDS, TEXTS, UNSURE
from relay.intake.reading.direct.gathering import XHTML, pop, pour, push
from relay.intake.reading.direct.names import Names
from relay.intake.reading.direct.state import Attributes, State, stored
from relay.intake.reading.direct.unsure import Unsure
from relay.intake.reading.direct.xhtml import write

DEEPEST = 100
"""Elements within one another; what is deeper is left to feedparser."""

_ROOTS = frozenset({"rss", "feed", "rdf_rdf"})
_OF_TEXT_INPUT = frozenset({"title", "link", "description", "name"})
_OF_IMAGE = frozenset({"title", "link", "description", "url", "href", "width", "height"})
_VERSIONS = {"http://purl.org/rss/1.0/": "rss10", "http://www.w3.org/2005/atom": "atom10"}
_NETSCAPE = "http://my.netscape.com/rdf/simple/0.9/"


def found(root: Any, xml: str, url: str) -> Mapping[str, Any] | None:
    """What feedparser would find in ``xml``, of which ``root`` is the tree; ``None`` where that is not sure."""
    try:
        names = Names(root, xml)
        state = State(beginning(url), version=_version(root))
        if names.of(root.tag)[0] not in _ROOTS:
            return None
        _visit(state, names, root)
    except (Unsure, KeyError, IndexError, TypeError, AttributeError, ValueError):
        return None
    if not state.version:
        return None
    return {"bozo": False, "version": state.version, "feed": state.feed, "entries": state.entries}


def _version(root: Any) -> str:
    """What the namespaces of the root say; the first of them counts."""
    declared = ((prefix, address.lower()) for prefix, address in root.nsmap.items())
    told = ("rss090" if one == (None, _NETSCAPE) else _VERSIONS.get(one[1], "") for one in declared)
    return next((version for version in told if version), "")


def _visit(state: State, names: Names, element: Any) -> None:
    """An element with all that is in it."""
    base, language = state.base, state.language
    name, is_bare = names.of(element.tag)
    attributes = names.attributes(element)
    state.depth += 1
    if attributes:
        _enter(state, attributes)
    if is_bare and name in {"feed", "rss"} and state.language:
        state.feed["language"] = state.language.replace("_", "-")
    if is_bare:
        state.in_text_input = state.in_text_input and name in _OF_TEXT_INPUT
        state.in_image = state.in_image and name in _OF_IMAGE
    _begin(state, name, attributes)
    _inside(state, names, element, name)
    _end(state, name)
    state.base, state.language = base or state.base, language
    state.depth -= 1


def _enter(state: State, attributes: Attributes) -> None:
    """The base and the language that an element has of its own."""
    written = attributes.get("xml:base", attributes.get("base"))
    if written:
        state.move(written)
    language = attributes.get("xml:lang", attributes.get("lang"))
    if language is not None:
        state.language = language or None


def _begin(state: State, name: str, attributes: Attributes) -> None:
    if name in ELEMENTS:
        ELEMENTS[name][0](state, attributes)
    elif name in UNSURE:
        raise Unsure
    elif attributes:
        state.context()[stored(name)] = attributes
    else:
        push(state, name)


def _inside(state: State, names: Names, element: Any, name: str) -> None:
    pour(state, element.text)
    if not len(element):
        return
    if state.depth > DEEPEST or (name in TEXTS and state.content.get("type") != XHTML):
        raise Unsure
    into = write if name in TEXTS else _visit
    for child in element:
        into(state, names, child)
        pour(state, child.tail)


def _end(state: State, name: str) -> None:
    if name in ELEMENTS:
        ELEMENTS[name][1](state)
    elif name in ENDS:
        ENDS[name](state)
    else:
        pop(state, name)
