"""Why relay and an oracle differ on a text: classes of causes, each with its reason.

A difference is explained only if it is gone once its cause is taken out of the text, or out of the oracle.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from unicodedata import normalize

import regex

from relay.core.account import Unit
from relay.core.counting.domains import TOP
from relay.core.counting.emoji import emoji
from tests.counting import oracles

Mend = Callable[[str], str]
Agrees = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Difference:
    """One class: ``without`` takes the cause out of a text, ``within`` out of the oracle."""

    name: str
    units: tuple[Unit, ...]
    why: str
    without: Mend = str
    within: Callable[[], AbstractContextManager[None]] = nullcontext


_NEWER = regex.compile(
    rf"\.(?:{'|'.join(sorted(TOP - oracles.DOMAINS, key=len, reverse=True))})(?![a-z0-9])", regex.IGNORECASE
)
_BOTH = regex.compile(r"([\p{Emoji_Presentation}&&[\u2000-\uffff🀄🈚🈯]])\ufe0f", regex.VERSION1)
_LINKER = regex.compile(r"\p{InCB=Linker}")
_BEFORE_CONTROL = regex.compile(r"\p{GCB=Prepend}+(?=[\p{GCB=Control}\r\n])")
_CLUSTER_CLASSES = ("Prepend", "Control", "Extend", "SpacingMark", "L", "V", "T", "LV", "LVT")

DIFFERENCES = (
    Difference(
        "line ends",
        ("weighted",),
        "The oracle takes CR LF for one line end; X's own twitter-text has no such rule, and counts both.",
        without=lambda text: text.replace("\r\n", "\n"),
    ),
    Difference(
        "U+FE0F behind a picture",
        ("weighted", "emoji as bytes"),
        "Keyboards write ☕️ with a selector that Unicode's list has not; X's own pattern (twemoji) takes both as one.",
        without=lambda text: _BOTH.sub(r"\1", text),
    ),
    Difference(
        "emoji since Unicode 12",
        ("weighted", "emoji as bytes"),
        "The oracle's list of emoji is of 2019; relay has the sequences of Emoji 15.0, and the signs of Unicode today.",
        without=lambda text: emoji().sub(lambda one: one[0] if one[0] in oracles.EMOJI else "😀", text),
    ),
    Difference(
        "new top-level domains",
        ("weighted",),
        "Top-level domains that came after the oracle's list.",
        without=lambda text: _NEWER.sub(".info", normalize("NFC", text)),
    ),
    Difference(
        "names that IDNA 2003 refuses",
        ("weighted",),
        "The oracle asks Python's IDNA 2003 whether a name may be; X's own code asks for the length of its labels alone.",
        within=oracles.names_as_x,
    ),
    Difference(
        "Indic conjuncts",
        ("graphemes",),
        "Rule GB9c of Unicode 15.1: consonants that a virama joins are one cluster; the oracle is of Unicode 13.",
        without=lambda text: _LINKER.sub("", text),
    ),
    Difference(
        "a mark before a control",
        ("graphemes",),
        "There is a break behind every control (rule GB4); the oracle forgets it where a prepended mark stands before.",
        without=lambda text: _BEFORE_CONTROL.sub("", text),
    ),
    Difference(
        "signs of another class today",
        ("graphemes",),
        "Signs that Unicode added, or put into another class, after the oracle's data.",
        without=lambda text: "".join("x" if _is_moved(sign) else sign for sign in text),
    ),
)


def explained(text: str, unit: Unit, agrees: Agrees) -> str | None:
    """The name of the class of a difference, "several" of them, or ``None`` if no class explains it."""
    able = [one for one in DIFFERENCES if unit in one.units]
    for one in able:
        with one.within():
            if agrees(one.without(text)):
                return one.name
    with oracles.names_as_x():
        return "several" if agrees(_without(able, text)) else None


def _without(able: list[Difference], text: str) -> str:
    for one in able:
        text = one.without(text)
    return text


def _is_moved(sign: str) -> bool:
    """Whether the oracle has this sign in another class than Unicode of today."""
    theirs = oracles.cluster_class(sign)
    return theirs != next(_classes_of(sign), "Other")


def _classes_of(sign: str) -> Iterator[str]:
    for name, pattern in _PATTERNS.items():
        if pattern.match(sign):
            yield name


_PATTERNS = {
    **{name: regex.compile(rf"\p{{GCB={name}}}") for name in _CLUSTER_CLASSES},
    "Extended_Pictographic": regex.compile(r"\p{Extended_Pictographic}"),
    "CR": regex.compile("\r"),
    "LF": regex.compile("\n"),
    "ZWJ": regex.compile("\u200d"),
    "Regional_Indicator": regex.compile("[🇦-🇿]"),
}
