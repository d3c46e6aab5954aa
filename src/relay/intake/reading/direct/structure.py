"""Feeds, entries, their sources and their texts, as feedparser takes them apart."""

from relay.intake.reading.direct.gathering import XHTML, pop, pop_content, push, push_content, save
from relay.intake.reading.direct.likeness import HTML, kind
from relay.intake.reading.direct.state import Attributes, State
from relay.intake.reading.direct.unsure import Unsure

_RSS = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094"}
_ATOM = {"0.1": "atom01", "0.2": "atom02", "0.3": "atom03"}
_COPIED = HTML | {"text/plain"}


def start_rss(state: State, attributes: Attributes) -> None:
    """An RSS document, of which version."""
    if not state.version.startswith("rss"):
        written = attributes.get("version", "")
        state.version = _RSS.get(written) or ("rss20" if written.startswith("2.") else "rss")


def start_feed(state: State, attributes: Attributes) -> None:
    """An Atom document, of which version."""
    state.in_feed = True
    state.version = state.version or _ATOM.get(attributes.get("version", ""), "atom")


def start_channel(state: State, attributes: Attributes) -> None:
    """What an RSS document says of itself."""
    state.in_feed = True
    _refuse_cdf(attributes)


def _refuse_cdf(attributes: Attributes) -> None:
    """A format of 1997, in attributes."""
    if "lastmod" in attributes or "href" in attributes:
        raise Unsure


def end_feed(state: State) -> None:
    """Nothing is of the feed any more."""
    state.in_feed = False


def start_item(state: State, attributes: Attributes) -> None:
    """An entry."""
    state.entries.append({})
    state.depths = {}
    push(state, "item", is_kept=False)
    state.in_entry = True
    state.is_permalink = False
    state.title_depth = -1
    if about := attributes.get("rdf:about"):
        state.context()["id"] = about
    _refuse_cdf(attributes)


def end_item(state: State) -> None:
    """The same."""
    pop(state, "item")
    state.in_entry = state.has_content = False


def start_source(state: State, attributes: Attributes) -> None:
    """The feed that an entry came from."""
    if "url" in attributes:
        state.source["href"] = attributes["url"]
    push(state, "source")
    state.in_source = True
    state.title_depth = -1


def end_source(state: State) -> None:
    """The same; RSS has its title as text."""
    state.in_source = False
    if title := pop(state, "source"):
        state.source["title"] = title
    state.context()["source"] = state.source
    state.source = {}


def start_image(state: State, _: Attributes) -> None:
    """The picture of a feed."""
    if not state.in_entry:
        state.context().setdefault("image", {})
    state.in_image = True
    state.title_depth = -1
    push(state, "image", is_kept=False)


def end_image(state: State) -> None:
    """The same."""
    pop(state, "image")
    state.in_image = False


def start_text_input(state: State, _: Attributes) -> None:
    """A form of RSS, whose title is not that of the feed."""
    state.context().setdefault("textinput", {})
    state.in_text_input = True
    state.title_depth = -1
    push(state, "textinput", is_kept=False)


def end_text_input(state: State) -> None:
    """The same."""
    pop(state, "textinput")
    state.in_text_input = False


def start_title(state: State, attributes: Attributes) -> None:
    """A title."""
    push_content(state, "title", attributes, "text/plain", is_kept=state.has_place())


def end_title(state: State) -> None:
    """The same; of those that follow only what is less deep counts."""
    if pop_content(state, "title"):
        state.title_depth = state.depth


def end_media_title(state: State) -> None:
    """A title of Media RSS, which does not count for that."""
    depth = state.title_depth
    end_title(state)
    state.title_depth = depth


def start_description(state: State, attributes: Attributes) -> None:
    """A description, or a second one, which is the content."""
    if not _is_second(state, attributes):
        push_content(state, "description", attributes, "text/html", is_kept=state.has_place())


def start_abstract(state: State, attributes: Attributes) -> None:
    """The same as a text."""
    push_content(state, "description", attributes, "text/plain", is_kept=state.has_place())


def end_description(state: State) -> None:
    """The same."""
    if state.summary_is == "content":
        end_content(state)
    else:
        pop_content(state, "description")
    state.summary_is = ""


def start_summary(state: State, attributes: Attributes) -> None:
    """A summary, or a second one, which is the content."""
    if not _is_second(state, attributes):
        state.summary_is = "summary"
        push_content(state, "summary", attributes, "text/plain")


def end_summary(state: State) -> None:
    """The same."""
    if state.summary_is == "content":
        end_content(state)
    else:
        pop_content(state, state.summary_is or "summary")
    state.summary_is = ""


def _is_second(state: State, attributes: Attributes) -> bool:
    if "summary" not in state.context() or state.has_content:
        return False
    state.summary_is = "content"
    start_content(state, attributes)
    return True


def start_content(state: State, attributes: Attributes) -> None:
    """Atom's content, which feedparser opens twice and closes once."""
    state.has_content = True
    push_content(state, "content", attributes, "text/plain")
    push(state, "content")


def start_body(state: State, attributes: Attributes) -> None:
    """XHTML in RSS."""
    push_content(state, "content", attributes, XHTML)


def start_encoded(state: State, attributes: Attributes) -> None:
    """RSS's content."""
    state.has_content = True
    push_content(state, "content", attributes, "text/html")


def end_content(state: State) -> None:
    """The same; it serves as a summary where there is none."""
    is_copied = kind(state.content.get("type", "")) in _COPIED
    found = pop_content(state, "content")
    if is_copied:
        save(state, "summary", found)
