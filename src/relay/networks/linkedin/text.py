"""LinkedIn's "little text": what is not escaped may mean something, and cut off all that follows it, without a word.

https://learn.microsoft.com/linkedin/marketing/community-management/shares/little-text-format
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from relay.core.language.text import Span, spans

_RESERVED = re.compile(r"[\\|{}@\[\]()<>#*_~]")
_CUTTING = re.compile(r"[\\|{}\[\]()<>*~]")
_TAG = re.compile(r"[^\W_]+")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_WRITTEN = re.compile(r"\{hashtag\|\\?([#＃])\|([^|{}]*)\}|@\[((?:\\.|[^\\\]])*)\]\(urn:li:[\w:-]+\)|\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Organization:
    """A Page as LinkedIn knows it: its URN, and the name under which readers see it."""

    urn: str
    name: str


def escaped(text: str, known: Mapping[str, Organization] | None = None) -> str:
    """``text`` so that readers see it as it is, with its hashtags.

    ``known`` are the Pages behind its handles ("@anct"): readers see their names, and follow them. Others are words.
    """
    parts, end = [], 0
    for span in spans(text):
        parts += [_plainly(text[end : span.start]), _marked(span, known or {})]
        end = span.end
    return "".join([*parts, _plainly(text[end:])])


def plain(commentary: str) -> str:
    """What readers see of a commentary; the other way round, but for links and names that ``escaped`` changed."""
    return _WRITTEN.sub(_seen, commentary)


def _seen(found: re.Match[str]) -> str:
    sign, tag, name, kept = found.groups()
    if sign is not None:
        return f"{sign}{tag}"
    return kept if name is None else _ESCAPE.sub(r"\1", name)


def _marked(span: Span, known: Mapping[str, Organization]) -> str:
    match span.kind:
        case "mention" if found := known.get(span.text):
            return f"@[{_plainly(found.name)}]({found.urn})"
        case "link":
            return _link(span.text)
        case "hashtag" if _TAG.fullmatch(span.text[1:]):
            return f"{{hashtag|\\{span.text[0]}|{span.text[1:]}}}"
        case _:
            return _plainly(span.text)


def _plainly(text: str) -> str:
    return _RESERVED.sub(lambda sign: "\\" + sign[0], text)


def _link(address: str) -> str:
    """An escape would be part of the link: what cuts a text off stands there as RFC 3986 writes it ("%28")."""
    return _CUTTING.sub(lambda sign: f"%{ord(sign[0]):02X}", address)
