"""The text of an element: gathered while it is open, stored where it belongs when it ends."""

import re
from typing import Any
from xml.sax.saxutils import escape

from relay.intake.reading.direct.likeness import decoded, kind, looks_like_html
from relay.intake.reading.direct.state import Attributes, Open, State, stored
from relay.intake.reading.direct.unsure import Unsure

XHTML = "application/xhtml+xml"
_ADDRESSES = frozenset({"comments", "href", "icon", "id", "link", "logo", "url"})
_NOT_STORED = frozenset({"category", "itunes_keywords"})
_REFERENCE = re.compile("&([A-Za-z0-9_]+);")


def push(state: State, name: str, *, is_kept: bool = True) -> None:
    """An element begins whose text is wanted."""
    state.opened.append(Open(name, is_kept))


def pour(state: State, text: str | None) -> None:
    """A text, for whatever is gathering."""
    if text and state.opened:
        state.opened[-1].pieces.append(escape(text) if state.content.get("type") == XHTML else text)


def pop(state: State, name: str) -> str | None:
    """What was gathered for the element that ends, stored if it is kept; ``None`` if another is still open."""
    if not state.opened or state.opened[-1].name != name:
        return None
    ended = state.opened.pop()
    text = "".join(_within(ended.pieces, state)).strip()
    if not ended.is_kept:
        return text
    if text and name in _ADDRESSES and (name != "id" or state.is_permalink):
        text = state.absolute(text)
    if state.content.get("type") == "text/plain" and not state.version.startswith("atom") and looks_like_html(text):
        state.content["type"] = "text/html"
    text = decoded(text)
    if name not in _NOT_STORED and not (name == "title" and -1 < state.title_depth <= state.depth):
        _store(state, name, text)
    return text


def _within(pieces: list[str], state: State) -> list[str]:
    """Without the ``div`` that Atom has around XHTML (RFC 4287 §3.1.1.3), if it is around all of it."""
    if state.version != "atom10" or state.content.get("type") != XHTML:
        return pieces
    while len(pieces) > 1 and not pieces[-1].strip():
        del pieces[-1]
    while len(pieces) > 1 and not pieces[0].strip():
        del pieces[0]
    if not pieces or not (pieces[0] == "<div>" or pieces[0].startswith("<div ")) or pieces[-1] != "</div>":
        return pieces
    depth = 0
    for piece in pieces[:-1]:
        if piece.startswith("</"):
            depth -= 1
            if not depth:
                return pieces
        elif piece.startswith("<") and not piece.endswith("/>"):
            depth += 1
    return pieces[1:-1]


def _store(state: State, name: str, text: str) -> None:
    if state.in_entry and not state.in_source:
        _store_in_entry(state, name, text)
    elif state.in_feed or state.in_source:
        _store_in_feed(state, name, text)


def _store_in_entry(state: State, name: str, text: str) -> None:
    entry = state.entries[-1]
    if name == "content":
        entry.setdefault("content", []).append(state.content | {"value": text})
    elif name == "link":
        if not state.in_image:
            text = _REFERENCE.sub(r"&\1", text.replace("&amp;", "&"))
            entry["link"] = text
            if text:
                entry["links"][-1]["href"] = text
    else:
        name = "summary" if name == "description" else name
        if state.depth <= state.depths.get(name, state.depth):
            state.depths[name] = state.depth
            entry[stored(name)] = text
        if state.in_content:
            entry[f"{name}_detail"] = state.content | {"value": text}


def _store_in_feed(state: State, name: str, text: str) -> None:
    context = state.context()
    name = "subtitle" if name == "description" else name
    context[stored(name)] = text
    if name == "link":
        text = _REFERENCE.sub(r"&\1", text)
        context["link"] = text
        context["links"][-1]["href"] = text
    elif state.in_content:
        context[f"{name}_detail"] = state.content | {"value": text}


def push_content(state: State, name: str, attributes: Attributes, default: str, *, is_kept: bool = True) -> None:
    """An element begins whose text is of some kind."""
    state.in_content += 1
    if state.language:
        state.language = state.language.replace("_", "-")
    type_ = kind(attributes.get("type", default))
    if attributes.get("mode") == "base64" or not (type_.startswith("text/") or type_.endswith(("+xml", "/xml"))):
        raise Unsure
    state.content = {"type": type_, "language": state.language, "base": state.base}
    push(state, name, is_kept=is_kept)


def pop_content(state: State, name: str) -> str | None:
    """What was gathered for it."""
    found = pop(state, name)
    state.in_content -= 1
    state.content = {}
    return found


def save(state: State, name: str, found: Any) -> None:
    """A field, if there is none yet."""
    state.context().setdefault(name, found)
