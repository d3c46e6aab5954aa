"""Words that have no end: feedparser looks for an e-mail address from each of their characters on."""

import re

LONGEST_WORD = 20_000
"""Characters without white space or markup; longer ones are no words."""

_LONGEST_ADDRESS = 65
_MOST = 1_000_000
"""Characters in the names of people, of one document; a thousand entries have some fifty thousand."""
_PERSON = re.compile(
    r"<(/?)(?:[\w.-]{1,40}:)?(author|contributor|creator|email|managingeditor|name|owner|publisher|webmaster)\b[^<>]*?(/?)>",
    re.IGNORECASE,
)
_LONG_NAME = re.compile(r"[\w.+-]{20,}", re.ASCII)
_SPACE = re.compile(r"\s")
_PIECE = LONGEST_WORD // 2
_RUN = re.compile(rf"[\w.+-]{{{_LONGEST_ADDRESS},}}", re.ASCII)
"""What could be the beginning of an e-mail address, were it not longer than any (RFC 5321 §4.5.3.1.1)."""
_WORDS = bytes(ord("w" if re.match(r"[\w.+-]", chr(code), re.ASCII) else " ") for code in range(256))
_ENDLESS = b"w" * _LONGEST_ADDRESS
"""The same in a text of which every character of a word is this one."""


def without_endless_words(xml: str) -> str:
    """The same XML without words that nobody writes; those in the names of people are judged more strictly."""
    if len(xml) <= _MOST and not _may_be_endless(xml):
        return xml
    long = [word for word in xml.split() if len(word) >= _LONGEST_ADDRESS]
    if any(len(word) >= LONGEST_WORD for word in long):
        xml = re.sub(r"[^\s<>\"']+", lambda word: word[0] if len(word[0]) < LONGEST_WORD else "", xml)
    return _with_short_names(xml) if len(xml) > _MOST or any(_RUN.search(word) for word in long) else xml


def _may_be_endless(xml: str) -> bool:
    """Whether there may be such words: one without white space covers a whole piece, wherever the text is cut."""
    return _ENDLESS in xml.encode("utf-8", "replace").translate(_WORDS) or any(
        not _SPACE.search(xml, start, start + _PIECE) for start in range(0, len(xml) - _PIECE + 1, _PIECE)
    )


def _with_short_names(xml: str) -> str:
    parts: list[str] = []
    opened: list[str] = []
    end = read = 0
    for tag in _PERSON.finditer(xml):
        text = xml[end : tag.start()]
        parts += [(_RUN if read < _MOST else _LONG_NAME).sub("", text) if opened else text, tag[0]]
        read += len(text) if opened else 0
        end = tag.end()
        closes, name, is_empty = tag[1], tag[2].lower(), tag[3]
        if not closes and not is_empty:
            opened.append(name)
        elif closes and opened[-1:] == [name]:
            opened.pop()
    return "".join([*parts, _RUN.sub("", xml[end:]) if opened else xml[end:]])
