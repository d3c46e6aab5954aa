"""Spaces, quotes, apostrophes and accents as a printer of the language sets them. Applying it twice changes nothing."""

import regex

from relay.core.english import english
from relay.core.french import french
from relay.core.quotes import BREAK, TAG, WORD

_MASKED = regex.compile(
    r"(?P<word><(pre|code)\b[^<>]*>.*?</\2>"
    r"|(?:https?://|www\.)[^\s<>]+|mailto:[^\s<>]+"
    r"|[\w.+-]++@[\w-]+(?:\.[\w-]+)+"
    r"|[@＠#＃][\w.·@-]+"
    r"|(?<![\w.-])(?:[\w-]++\.)+\p{Ll}{2,}\b(?:/[^\s<>]*)?"
    rf"|&\#?\w{{1,31}};|[{TAG}{BREAK}{WORD}])"
    r"|(?P<inline></?(?:a|abbr|b|cite|del|em|i|ins|mark|q|s|small|strong|sub|sup)\b(?:[^<>\"]|\"[^\"]*\")*+>)"
    r"|<(?:[^<>\"]|\"[^\"]*\")*+>",
    regex.DOTALL,
)
"""Code, addresses, handles, hashtags, names of files and references are no words of a language; tags are no words at all."""
_MASKS = regex.compile(f"[{TAG}{BREAK}{WORD}]")


def typeset(text: str, language: str) -> str:
    """``text``, plain or HTML, by the rules of ``language`` (BCP 47); only French and English have any yet."""
    main, _, region = language.lower().replace("_", "-").partition("-")
    if main not in {"fr", "en"}:
        return text
    hidden: list[str] = []

    def mask(match: regex.Match[str]) -> str:
        hidden.append(match.group())
        return WORD if match["word"] else TAG if match["inline"] else BREAK

    masked = _MASKED.sub(mask, text)
    done = english(masked) if main == "en" else french(masked, adds=region != "ca")
    back = iter(hidden)
    return _MASKS.sub(lambda _: next(back), done)
