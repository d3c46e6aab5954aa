"""Discord reads markdown in whatever is posted: escaped here, so that readers see the approved text as it is."""

import re

from relay.core.language.text import spans

_ANYWHERE = r"[\\*_~`|<\[]"
_AT_LINE_START = r"(?<![^\n])[ \t]*(?:#{1,3}(?=\s)|>(?=\s)|>>>(?=\s)|-#?(?=\s)|\+(?=\s))"
_NUMBER = r"(?<![^\n])[ \t]*\d+(?=\.\s)"
_EMOJI = r":(?=[\w+~-]+:)"
_MARK = re.compile(rf"(?P<line>{_AT_LINE_START})|(?P<number>{_NUMBER})|{_ANYWHERE}|{_EMOJI}")
_GLUED = re.compile(r"[^\s<]*")
_ENDING = ".,:;\"')]"
"""What Discord itself takes off the end of an address, where it stands alone."""


def escaped(text: str) -> str:
    """``text`` as it must be written so that it is read as it is; links stay links.

    A link is put between angle brackets where Discord would take what follows for a part of it.
    """
    parts, end = [], 0
    for link in (span for span in spans(text) if span.kind == "link"):
        glued = _GLUED.match(text, link.end)
        is_alone = not glued or not glued.group().strip(_ENDING)
        parts += [_escaped(text, end, link.start), link.text if is_alone else f"<{link.text}>"]
        end = link.end
    return "".join([*parts, _escaped(text, end, len(text))])


def _escaped(text: str, start: int, end: int) -> str:
    """A stretch of ``text``, which is looked at in its place: what a mark means depends on where its line begins."""
    parts, place = [], start
    for mark in _MARK.finditer(text, start, end):
        parts += [text[place : mark.start()], _one(mark)]
        place = mark.end()
    return "".join([*parts, text[place:end]])


def _one(mark: "re.Match[str]") -> str:
    found = mark.group()
    if mark["number"]:
        return f"{found}\\"
    if mark["line"]:
        blank = found[: len(found) - len(found.lstrip(" \t"))]
        return f"{blank}\\{found.lstrip()}"
    return f"\\{found}"
