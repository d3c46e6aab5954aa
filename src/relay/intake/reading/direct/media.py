"""Pictures and enclosures, links and categories, as feedparser gathers them."""

from typing import Any

from relay.intake.reading.direct.gathering import pop, push, save
from relay.intake.reading.direct.likeness import HTML, kind
from relay.intake.reading.direct.state import Attributes, State

_ITUNES = "http://www.itunes.com/"
_SCHEMA = "http://search.yahoo.com/mrss/category_schema"


def start_link(state: State, attributes: Attributes) -> None:
    """Atom's link, whose address is an attribute, or RSS's, whose address is its text."""
    rel = attributes.setdefault("rel", "alternate")
    attributes.setdefault("type", "application/atom+xml" if rel == "self" else "text/html")
    context = state.context()
    attributes = _with_address(attributes)
    if "href" in attributes:
        attributes["href"] = state.absolute(attributes["href"])
    links = context.setdefault("links", [])
    if not (state.in_entry and state.in_image):
        links.append(attributes)
    if "href" not in attributes:
        push(state, "link", is_kept=state.has_place())
    elif rel == "alternate" and kind(attributes["type"]) in HTML:
        context["link"] = attributes["href"]


def _with_address(attributes: Attributes) -> Attributes:
    """The address as ``href``, whatever it is called."""
    address = attributes.get("url", attributes.get("uri", attributes.get("href")))
    if not address:
        return attributes
    return {name: value for name, value in attributes.items() if name not in {"url", "uri"}} | {"href": address}


def start_enclosure(state: State, attributes: Attributes) -> None:
    """A link to a file."""
    state.context().setdefault("links", []).append(_with_address(attributes) | {"rel": "enclosure"})


def start_license(state: State, _: Attributes) -> None:
    """A link to a license, which is not read."""
    state.context().setdefault("links", []).append({"rel": "license"})


def start_guid(state: State, attributes: Attributes) -> None:
    """An id, which may be the address as well."""
    state.is_permalink = attributes.get("ispermalink", "true") == "true"
    push(state, "id")


def end_guid(state: State) -> None:
    """The same."""
    found = pop(state, "id")
    if state.is_permalink:
        save(state, "link", found)


def start_category(state: State, attributes: Attributes) -> None:
    """A category in attributes, or in a text."""
    scheme = attributes.get("scheme", attributes.get("domain"))
    _tag(state, attributes.get("term"), scheme, attributes.get("label"))
    push(state, "category")


def start_media_category(state: State, attributes: Attributes) -> None:
    """The same of Media RSS."""
    start_category(state, {"scheme": _SCHEMA} | attributes)


def start_itunes_category(state: State, attributes: Attributes) -> None:
    """The same of a podcast."""
    _tag(state, attributes.get("text"), _ITUNES, None)
    push(state, "category")


def end_category(state: State) -> None:
    """Its text."""
    found = pop(state, "category")
    if not found:
        return
    tags = state.context()["tags"]
    if tags and not tags[-1]["term"]:
        tags[-1]["term"] = found
    else:
        _tag(state, found, None, None)


def end_itunes_keywords(state: State) -> None:
    """Categories with commas between them."""
    _keywords(state, "itunes_keywords", _ITUNES)


def end_media_keywords(state: State) -> None:
    """The same."""
    _keywords(state, "media_keywords", None)


def _keywords(state: State, name: str, scheme: str | None) -> None:
    for term in (pop(state, name) or "").split(","):
        if term.strip():
            _tag(state, term.strip(), scheme, None)


def _tag(state: State, term: str | None, scheme: str | None, label: str | None) -> None:
    tags: list[Any] = state.context().setdefault("tags", [])
    if term or scheme or label:
        tag = {"term": term, "scheme": scheme, "label": label}
        if tag not in tags:
            tags.append(tag)


def start_itunes_image(state: State, attributes: Attributes) -> None:
    """The picture of a podcast."""
    push(state, "itunes_image", is_kept=False)
    if address := attributes.get("href") or attributes.get("url"):
        state.context()["image"] = {"href": address}


def start_media_content(state: State, attributes: Attributes) -> None:
    """A medium of Media RSS."""
    state.context().setdefault("media_content", []).append(attributes)


def start_media_thumbnail(state: State, attributes: Attributes) -> None:
    """A picture of Media RSS."""
    state.context().setdefault("media_thumbnail", []).append(attributes)
    push(state, "url")


def end_media_thumbnail(state: State) -> None:
    """Its address, where it is the text."""
    found = pop(state, "url")
    if found and found.strip():
        state.context()["media_thumbnail"][-1].setdefault("url", found)
