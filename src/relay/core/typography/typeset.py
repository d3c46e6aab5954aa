"""Spaces, quotes, apostrophes and accents as a printer of the language sets them. Applying it twice changes nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from relay.core.typography.english import english
from relay.core.typography.french import french
from relay.core.typography.quotes import BREAK, TAG, WORD

_TAGS = re.compile(
    r"<(?:(pre|code)\b[^<>]*>.*?</\1>|/?([a-z][a-z0-9]*)[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*>)", re.DOTALL | re.IGNORECASE
)
_INLINE = frozenset(
    {"a", "abbr", "b", "cite", "del", "em", "i", "ins", "mark", "q", "s", "small", "strong", "sub", "sup"}
)
_SIGN = re.compile(rf"{WORD}|@|＠|\#|＃|&[\w\#]|://|\.[a-zà-ÿ]")
"""What is in all that is not to be touched; to look for this first costs a tenth."""
_TOKEN = re.compile(rf"[^\s<>{TAG}{BREAK}]*")
_ADDRESSES = regex.compile(
    rf"(?:https?://|www\.|mailto:)[^\s<>{TAG}{BREAK}{WORD}]+"
    r"|(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+"
    r"|[@＠#＃][\w.·@-]+"
    rf"|(?<![\w.-])(?:[\w-]++\.)+\p{{Ll}}{{2,}}\b(?:/[^\s<>{TAG}{BREAK}{WORD}]*)?"
    rf"|&\#?\w{{1,31}};|{WORD}"
)
"""Addresses, handles, hashtags, names of files and references are no words of any language."""
_MASKS = re.compile(f"[{TAG}{BREAK}{WORD}]")


def _untouchable(text: str) -> Iterator["regex.Match[str]"]:
    """Addresses and the like in the words around every sign of one."""
    done = 0
    for sign in _SIGN.finditer(text):
        if sign.start() < done:
            continue
        start = max(done, *(text.rfind(gap, done, sign.start()) + 1 for gap in _GAPS))
        done = max(_TOKEN.match(text, sign.start()).end(), sign.end())  # type: ignore[union-attr]  # it matches anything
        yield from _ADDRESSES.finditer(text, start, done)


_GAPS = (" ", "\n", "\u00a0", "\u202f", "\x1e", "<", ">", TAG, BREAK)


@dataclass(slots=True)
class _Hidden:
    """What the masks of a text stand for, tags and words apart, each in the order of the text."""

    tags: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def tag(self, match: "re.Match[str]") -> str:
        """The mask of a tag, or of code, which is a word to those around it."""
        if match[1]:
            self.words.append(match.group())
            return WORD
        self.tags.append(match.group())
        return TAG if match[2].lower() in _INLINE else BREAK

    def masked(self, text: str) -> str:
        """``text`` with masks."""
        text = _TAGS.sub(self.tag, text) if "<" in text else text
        code, parts, done = iter(self.words), [], 0
        self.words = []
        for match in _untouchable(text):
            self.words.append(next(code) if match.group() == WORD else match.group())
            parts += [text[done : match.start()], WORD]
            done = match.end()
        return "".join([*parts, text[done:]])

    def back(self, text: str) -> str:
        """``text`` with what the masks stand for."""
        tags, words = iter(self.tags), iter(self.words)
        return _MASKS.sub(lambda mask: next(words if mask.group() == WORD else tags), text)


def typeset(text: str, language: str) -> str:
    """``text``, plain or HTML, by the rules of ``language`` (BCP 47); only French and English have any yet."""
    main, _, region = language.lower().replace("_", "-").partition("-")
    if main not in {"fr", "en"} or _MASKS.search(text):
        return text
    hidden = _Hidden()
    masked = hidden.masked(text)
    return hidden.back(english(masked) if main == "en" else french(masked, adds=region != "ca"))
