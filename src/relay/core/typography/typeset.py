"""Spaces, quotes, apostrophes and accents as a printer of the language sets them. Applying it twice changes nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from relay.core.typography.english import english
from relay.core.typography.french import french
from relay.core.typography.quotes import BREAK, TAG, WORD

_TAG = r"/?([a-z][a-z0-9]*)[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*>"
_TAGS = re.compile(rf"(<(?:(pre|code)\b[^<>]*>.*?</\2>|{_TAG}))", re.DOTALL | re.IGNORECASE)
_TAGS_ALONE = re.compile(rf"(<(?:((?!))|{_TAG}))", re.IGNORECASE)
_TAGS_BUT_CODE = re.compile(r"(</?([A-Za-zİıſK][A-Za-z0-9İıſK]*)[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*>)")
"""The same where there is no code; to say by itself which letters are alike costs a third less."""
_CODE = re.compile(r"<[pPcC][rRoO][eEdD]")
_WITHIN_A_LINE = dict.fromkeys(
    ("a", "abbr", "b", "cite", "del", "em", "i", "ins", "mark", "q", "s", "small", "strong", "sub", "sup"), TAG
)
_DOT = re.compile(r"\.[a-zà-ÿ]")
_SIGN = re.compile(rf"[{WORD}@＠#＃&:.](?:(?<=[{WORD}@＠#＃])|(?<=&)[\w#]|(?<=:)//|(?<=\.)[a-zà-ÿ])")
"""What is in all that is not to be touched; to look for this first costs a tenth."""
_RARE = ("@", "/", "#", "&", WORD, "＠", "＃")
"""Without one of these, only the dot is left to look for."""
_TOKEN = re.compile(rf"[^\s<>{TAG}{BREAK}]*")
_BEFORE = regex.compile(rf"(?r)[^ \n\u00a0\u202f\x1e<>{TAG}{BREAK}]*+")
_ADDRESSES = regex.compile(
    rf"(?:https?://|www\.|mailto:)[^\s<>{TAG}{BREAK}{WORD}]+"
    r"|(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+"
    r"|[@＠#＃][\w.·@-]+"
    rf"|(?<![\w.-])(?:[\w-]++\.)+\p{{Ll}}{{2,}}\b(?:/[^\s<>{TAG}{BREAK}{WORD}]*)?"
    rf"|&\#?\w{{1,31}};|{WORD}"
)
"""Addresses, handles, hashtags, names of files and references are no words of any language."""


def _untouchable(text: str) -> Iterator["regex.Match[str]"]:
    """Addresses and the like in the words around every sign of one."""
    done = 0
    signs = _SIGN if any(map(text.__contains__, _RARE)) else _DOT
    for sign in signs.finditer(text):
        if sign.start() < done:
            continue
        start = _BEFORE.match(text, done, sign.start()).start()  # type: ignore[union-attr]  # it matches anything
        done = max(_TOKEN.match(text, sign.start()).end(), sign.end())  # type: ignore[union-attr]  # it matches anything
        yield from _ADDRESSES.finditer(text, start, done)


def _is_unended(text: str) -> bool:
    """Whether code begins that never ends: to look for its end from each of ten thousand beginnings takes long."""
    low = text.lower()
    return any(low.find(f"<{name}", low.rfind(f"</{name}>") + 1) >= 0 for name in ("pre", "code"))


@dataclass(slots=True)
class _Hidden:
    """What the masks of a text stand for, tags and words apart, each in the order of the text."""

    tags: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def masked(self, text: str) -> str:
        """``text`` with masks. Code is a word to those around it."""
        text = self._without_tags(text) if "<" in text else text
        code, parts, done = iter(self.words), [], 0
        self.words = []
        for match in _untouchable(text):
            self.words.append(next(code) if match.group() == WORD else match.group())
            parts += [text[done : match.start()], WORD]
            done = match.end()
        return "".join([*parts, text[done:]])

    def _without_tags(self, text: str) -> str:
        if _CODE.search(text):
            return self._without_code(text)
        parts = _TAGS_BUT_CODE.split(text)
        self.tags = parts[1::3]
        names = parts[2::3]
        del parts[2::3]
        inner = _WITHIN_A_LINE.get
        parts[1::2] = [inner(name) or inner(name.lower(), BREAK) for name in names]
        return "".join(parts)

    def _without_code(self, text: str) -> str:
        # One split and one join: a call for every tag would cost twice as much.
        pieces = (_TAGS_ALONE if _is_unended(text) else _TAGS).split(text)
        tags = pieces[1::4]
        masks = [_WITHIN_A_LINE.get(name.lower(), BREAK) if name else WORD for name in pieces[3::4]]
        parts = [""] * (2 * len(tags) + 1)
        parts[::2] = pieces[::4]
        parts[1::2] = masks
        self.tags = [tag for tag, mask in zip(tags, masks, strict=True) if mask != WORD] if WORD in masks else tags
        self.words = [tag for tag, mask in zip(tags, masks, strict=True) if mask == WORD] if WORD in masks else []
        return "".join(parts)

    def back(self, text: str) -> str:
        """``text`` with what the masks stand for."""
        words = _filled(text, WORD, self.words) if self.words else text
        return _filled(words.replace(BREAK, TAG), TAG, self.tags) if self.tags else words


def _filled(text: str, mask: str, hidden: list[str]) -> str:
    """``text`` with what is ``hidden`` in the places of ``mask``, of which there are as many."""
    parts = text.split(mask)
    done = [""] * (2 * len(parts) - 1)
    done[::2] = parts
    done[1::2] = hidden
    return "".join(done)


def typeset(text: str, language: str) -> str:
    """``text``, plain or HTML, by the rules of ``language`` (BCP 47); only French and English have any yet."""
    main, _, region = language.lower().replace("_", "-").partition("-")
    if main not in {"fr", "en"} or TAG in text or BREAK in text or WORD in text:
        return text
    hidden = _Hidden()
    masked = hidden.masked(text)
    return hidden.back(english(masked) if main == "en" else french(masked, adds=region != "ca"))
