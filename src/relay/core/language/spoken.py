"""Which language a text is in, where what its feed says of it is plainly wrong: software says "en-US" by itself."""

from string import ascii_lowercase

import regex

_WORD = regex.compile(r"(?<![\p{L}<&/=\"-])\p{Ll}{1,5}(?![\p{L}\d=-])")
_GAPS = bytes(sign if chr(sign) in ascii_lowercase else ord(" ") for sign in range(256))
"""What of ASCII is no small letter."""
_ENGLISH = "the of and to in is for that with as are this by it from at be was have has not you we they will an or"
_FRENCH = "le la les des du de un une est et dans pour qui que sur avec par au aux ce cette il elle nous vous sont pas"
_OF = {"en": frozenset(_ENGLISH.split()), "fr": frozenset(_FRENCH.split())}
_IN_ASCII = {code: frozenset(map(str.encode, words)) for code, words in _OF.items()}
_LOOKED_AT = 900
"""Code points of a text in which its small words are counted."""
_FEWEST = 8
_TIMES = 4
"""So many small words of the other language, and so many times as many as of the declared one, leave no doubt."""


def spoken(text: str, declared: str) -> str:
    """``declared`` (BCP 47), or "fr" or "en" where a text, plain or HTML, is plainly in the other of these two."""
    said = declared.lower().replace("_", "-").partition("-")[0]
    if said not in _OF:
        return declared
    other = "fr" if said == "en" else "en"
    near = text[:_LOOKED_AT]
    if sum(map(_IN_ASCII[other].__contains__, _pieces(near))) < _FEWEST:
        return declared
    words = _WORD.findall(near)
    mine, theirs = (sum(word in _OF[one] for word in words) for one in (said, other))
    return other if theirs >= max(_FEWEST, _TIMES * mine) else declared


def _pieces(text: str) -> list[bytes]:
    """Its runs of small letters. Every small word is one of these, and more: to count them costs a tenth."""
    return text.encode("ascii", "replace").translate(_GAPS).split()
