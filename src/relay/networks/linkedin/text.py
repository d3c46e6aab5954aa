"""LinkedIn's "little text": what is not escaped may mean something, and cut off all that follows it, without a word.

https://learn.microsoft.com/linkedin/marketing/community-management/shares/little-text-format
"""

import re

from relay.core.language.text import Span, spans

_RESERVED = re.compile(r"[\\|{}@\[\]()<>#*_~]")
_CUTTING = re.compile(r"[\\|{}\[\]()<>*~]")
_TAG = re.compile(r"[^\W_]+")
_WRITTEN = re.compile(r"\{hashtag\|\\?([#＃])\|([^|{}]*)\}|\\(.)", re.DOTALL)


def escaped(text: str) -> str:
    """``text`` so that readers see it as it is, with its hashtags; nobody is mentioned by it."""
    parts, end = [], 0
    for span in spans(text):
        parts += [_plainly(text[end : span.start]), _marked(span)]
        end = span.end
    return "".join([*parts, _plainly(text[end:])])


def plain(commentary: str) -> str:
    """What readers see of a commentary; the other way round, but for what ``escaped`` changed in links."""
    return _WRITTEN.sub(lambda found: found[3] if found[1] is None else found[1] + found[2], commentary)


def _marked(span: Span) -> str:
    match span.kind:
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
