"""Whether two posts say the same, when one of them is only to be had as the server has set it.

Servers shorten links in what is seen, write ``@cget@social.example`` as ``@cget``, and may read markup in a text.
"""

import re
from dataclasses import dataclass
from unicodedata import normalize

import regex

from relay.core.language.text import spans
from relay.core.markup.html import to_text

_LONGEST = 200_000
_ANCHOR = re.compile(r"<a\b([^<>]{0,3000})>((?:[^<]|<(?!/?a\b)){0,3000})</a>", re.IGNORECASE)
_HREF = re.compile(r"""href\s*=\s*["']([^"']+)["']""", re.IGNORECASE)
_SERVER = re.compile(r"(@\w[\w.-]*)@[\w-]+(?:\.[\w-]+)+")
_NO_WORD = regex.compile(r"[^\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]+")


@dataclass(frozen=True, slots=True)
class Words:
    """``forms`` are what it says, letters and digits alone, as it may be read; ``bare`` the same without links."""

    forms: frozenset[str]
    bare: str
    links: frozenset[str]

    def are(self, others: "Words") -> bool:
        """Whether both say the same."""
        return bool(self.forms & others.forms)

    def may_be(self, others: "Words") -> bool:
        """Whether they share a link, or all words."""
        return bool(self.links & others.links) or bool(self.bare and self.bare == others.bare)


def of_text(text: str) -> Words:
    """A text as relay or the server's source has it."""
    links = [span for span in spans(text) if span.kind == "link"]
    bare = text
    for link in reversed(links):
        bare = bare[: link.start] + bare[link.end :]
    return Words(frozenset({_gist(text)}), _gist(bare), frozenset(link.text for link in links))


def of_page(page: str) -> Words:
    """A text as the server's HTML has it: its links may be read as they are seen or as they lead."""
    page = page[:_LONGEST]
    led, bare = _ANCHOR.sub(_followed, page), _ANCHOR.sub(_dropped, page)
    links = frozenset(_unescaped(href) for anchor in _ANCHOR.finditer(page) if (href := _href(anchor)))
    return Words(frozenset({_gist(to_text(page)), _gist(to_text(led))}), _gist(to_text(bare)), links)


def _followed(anchor: "re.Match[str]") -> str:
    """Where a link leads, in its place."""
    return f" {anchor[2] if _is_mark(anchor) else _href(anchor)} "


def _dropped(anchor: "re.Match[str]") -> str:
    return f" {anchor[2] if _is_mark(anchor) else ''} "


def _is_mark(anchor: "re.Match[str]") -> bool:
    """A mention or hashtag: a word of the text, wherever it leads."""
    return to_text(anchor[2]).strip().startswith(("@", "#"))


def _href(anchor: "re.Match[str]") -> str:
    found = _HREF.search(anchor[1])
    return found[1] if found else ""


def _unescaped(address: str) -> str:
    return address.replace("&amp;", "&")


def _gist(text: str) -> str:
    """Its letters, digits and pictures; all its signs, where it has none of these."""
    whole = normalize("NFC", _SERVER.sub(r"\1", text))
    return _NO_WORD.sub("", whole) or "".join(whole.split())
