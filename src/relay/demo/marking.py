"""A post's text as its network would show it: links shortened, mentions and hashtags marked."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from relay.core.language.text import Span, spans

_SHOWN = 30
"""Characters of a link that are shown; the rest becomes "…"."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a text: ``kind`` is "text", "link", "mention" or "hashtag", ``whole`` what stands in the post."""

    kind: str
    shown: str
    whole: str


def pieces(text: str) -> tuple[Piece, ...]:
    """The text cut into pieces, in its order; nothing is lost."""
    found, end = [], 0
    for span in spans(text):
        found += [_plain(text[end : span.start]), _marked(span)]
        end = span.end
    return tuple(piece for piece in (*found, _plain(text[end:])) if piece.whole)


def domain(link: str) -> str:
    """The host of a web address without its "www."; empty for what is no web address."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return parts.netloc.removeprefix("www.") if parts.scheme in {"http", "https"} else ""


def _plain(text: str) -> Piece:
    return Piece("text", text, text)


def _marked(span: Span) -> Piece:
    match span.kind:
        case "link":
            bare = span.text.partition("://")[2].removeprefix("www.").rstrip("/")
            return Piece("link", bare if len(bare) <= _SHOWN else f"{bare[:_SHOWN]}…", span.text)
        case "mention":  # as Mastodon shows it: without the server
            return Piece("mention", "@" + span.text[1:].partition("@")[0], span.text)
        case "hashtag":
            return Piece("hashtag", span.text, span.text)
