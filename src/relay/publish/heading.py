"""A headline taken apart for a page: the words, and the handles and hashtags that end it."""

from collections.abc import Iterator
from dataclasses import dataclass

from relay.core.directory.handles import bodies_of
from relay.core.language.text import Span, spans
from relay.core.post import Post
from relay.core.template import placeholders
from relay.publish.format import Edition
from relay.publish.item import title


@dataclass(frozen=True, slots=True)
class Mark:
    """A handle or a hashtag, with the profile it stands for where that is known."""

    kind: str
    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Heading:
    """``words`` lead to the post, each of ``marks`` to its own place."""

    words: str
    marks: tuple[Mark, ...]


def heading(post: Post, edition: Edition) -> Heading:
    """The headline of a post of a clean edition; only handles of the directory are linked."""
    whole = title(post, edition)
    tail = tuple(reversed(list(_from_the_end(whole))))
    words = whole[: tail[0].start].rstrip() if tail else whole
    if not words:
        return Heading(whole, ())
    known = _profiles(post, edition)
    return Heading(words, tuple(Mark(span.kind, span.text, known.get(span.text)) for span in tail))


def _from_the_end(text: str) -> Iterator[Span]:
    """Handles and hashtags that nothing but space follows, last first."""
    end = len(text)
    for span in reversed(spans(text)):
        if span.kind == "link" or text[span.end : end].strip():
            return
        yield span
        end = span.start


def _profiles(post: Post, edition: Edition) -> dict[str, str]:
    """Handle → profile, for the networks that the headline's template names."""
    found = {}
    for placeholder in placeholders(edition.feed.form.title):
        for body in bodies_of(post, edition.directory) if placeholder.name == "mentions" else ():
            handle = edition.directory.handle(body, placeholder.argument)
            url = profile(placeholder.argument, handle) if handle else None
            if handle and url:
                found[handle] = url
    return found


def profile(network: str, handle: str) -> str | None:
    """The public page of a handle on a network whose addresses can be told from the handle alone."""
    name, _, host = handle.removeprefix("@").partition("@")
    match network:
        case "x":
            return f"https://x.com/{name}"
        case "bluesky":
            return f"https://bsky.app/profile/{name}"
        case "mastodon" if host:
            return f"https://{host}/@{name}"
        case _:
            return None
