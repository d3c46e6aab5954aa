"""Texts that networks count differently: what a blog writes, and what nobody would write, mixed at will.

The same seed gives the same texts.
"""

import unicodedata
from collections.abc import Callable, Iterator
from random import Random

FRENCH = (
    "« L’été »", "12\u202f%", "10 €", "suite…", "Où\u00a0?", "cœur", "ÉGALITÉ", "n°\u00a03", "20\u202f000", "1ᵉʳ", "“ici”", "A–B", "a—b", "l'an", "«\u00a0la\u00a0ville\u00a0»",
    "quartiers", "logement", "rénovation urbaine", "→", "•", "½", "№", "C’est-à-dire", "M.", "etc.", "\u2009", "\u00ad", "Æ", "ÿ",
)  # fmt: skip
EMOJI = (
    "😀", "👍", "❤", "❤️", "☺︎", "✔", "©", "©️", "™", "®️", "ℹ️", "♟", "♟️", "🏳️", "🏴", "☕", "⌚︎", "🅰", "🫠", "🫨", "🩷", "🐦‍🔥", "🏳️‍🌈", "🏴‍☠️", "👁‍🗨", "👁️‍🗨️",
    "👨‍👩‍👧‍👦", "👩🏽‍💻", "🧑🏿‍🤝‍🧑🏻", "👩‍❤️‍💋‍👨", "👩‍❤‍👨", "🤷🏻‍♀️", "🕵️‍♂️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "1️⃣", "#⃣", "*️⃣", "9⃣", "🇫🇷", "🇪🇺", "🇨🇦🇧🇪", "🇫", "🇿🇿", "⛹🏾‍♂️", "☝🏻", "🤝🏽", "🫱🏻‍🫲🏿",
)  # fmt: skip
LOOSE = (
    "\u200d", "\ufe0f", "\ufe0e", "\u20e3", "🏽", "🏿", "🇫", "\U000e0067", "\U000e007f", "\u0301", "\u0308", "\u0327", "\u200c", "\u200b", "\u2060", "\u034f",
)  # fmt: skip
SCHEMES = (
    "",
    "",
    "",
    "https://",
    "http://",
    "HTTPS://",
    "https://www.",
    "ftp://",
    "mailto:",
    "//",
    "www.",
    "https:// ",
)
LABELS = (
    "cget", "anru", "ville-en-cours", "exemple", "a", "a_b", "-a", "b-", "x", "été", "日本語", "xn--caf-dma", "café", "пример", "a1", "1", "t", "mixed日", "l" * 63, "l" * 64,
)  # fmt: skip
ENDS = (
    "fr", "fr", "gouv.fr", "com", "COM", "org", "paris", "bzh", "app", "dev", "museum", "co.uk", "xn--p1ai", "рф", "中国", "みんな", "한국", "invalid", "local", "html", "zip", "f", "frx", "t.co", "kids", "music", "merck", "co",
)  # fmt: skip
TAILS = (
    "", "", "", "/", "/a", "/a/b.html", "/é/à", "/a_(b)", "/(a(b))", "/a)", "?x=1", "/?q=é&r=%20", "#h", "/#!a", "/@qui", ":8080", ":8080/a", "/a,", "/a.", "/a!", "/a…", "/日本", "/привет", "/a'b", "/a~b|c", "/*", "/a–b", "?", "/?a=",
)  # fmt: skip
MARKS = (
    "@CGET_gouv", "@anru@social.exemple.fr", "@cget.bsky.social", "#SMCL", "#Égalité", "#2024", "＃tag", "＠nom", "#l’égalité", "#e\u0301te\u0301", "$FR", "$a.fr", "#été🎉", "#日本語", "qui@exemple.fr", "@a.fr", "#a.fr", "a@b", "https://t.co/abc", "https://t.co/" + "a" * 41, "http://t.co/abc?x=1.",
)  # fmt: skip
SCRIPTS = (
    "日本語", "한국어", "שלום", "مرحبا", "عربية\u200f", "Ελληνικά", "Русский", "हिन्दी", "क्षि", "தமிழ்", "ไทย", "ព្រះ", "\u1100\u1161\u11a8", "ﷺ", "ﬁ", "𝄞", "𝕏", "𐍈", "각", "が", "か\u3099", "Å", "\u212b", "ạ̈", "\u0344", "\u2126", "豈", "\u0958",
)  # fmt: skip
CONTROLS = (
    "\n", "\r\n", "\r", "\t", "\0", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\u202e", "\u202c", "\u2066", "\u2069", "\u061c", "\u200e", "\u200f", "\ufeff", "\ufffe", "\uffff", "\ufffd", "\u3000", "\u180e", "\u0600", "\U000e0001",
)  # fmt: skip
BETWEEN = (
    "",
    "",
    "",
    " ",
    " ",
    " ",
    "\u00a0",
    "\u202f",
    ".",
    ",",
    "/",
    "-",
    "_",
    "(",
    ")",
    "«",
    "»",
    "@",
    "#",
    ":",
    "’",
    "\n",
)
FORMS: tuple[Callable[[str], str], ...] = (
    str, str, str, lambda text: unicodedata.normalize("NFD", text), lambda text: unicodedata.normalize("NFC", text), str.upper,
)  # fmt: skip
KINDS = (FRENCH, FRENCH, EMOJI, LOOSE, MARKS, SCRIPTS, CONTROLS)


def strings(seed: int, count: int) -> Iterator[str]:
    """``count`` texts of up to a dozen parts."""
    chance = Random(seed)  # noqa: S311 — texts are no secrets
    return (_text(chance) for _ in range(count))


def _text(chance: Random) -> str:
    parts = [part for _ in range(chance.randint(0, 12)) for part in (_part(chance), chance.choice(BETWEEN))]
    return chance.choice(FORMS)("".join(parts))


def _part(chance: Random) -> str:
    match chance.randrange(12):
        case 0 | 1:
            return _address(chance)
        case 2:
            return _any(chance)
        case 3:
            return _joined(chance)
        case _:
            return chance.choice(chance.choice(KINDS))


def _address(chance: Random) -> str:
    labels = [chance.choice(LABELS) for _ in range(chance.randint(1, 3))]
    return chance.choice(SCHEMES) + ".".join([*labels, chance.choice(ENDS)]) + chance.choice(TAILS)


def _any(chance: Random) -> str:
    """Code points of the whole range, half a surrogate pair now and then."""
    most = chance.choice((0x250, 0x3000, 0xFFFF, 0x1FFFF, 0x10FFFF))
    return "".join(chr(chance.randint(0, most)) for _ in range(chance.randint(1, 3)))


def _joined(chance: Random) -> str:
    """Emoji with what can stand behind and between them, in sequences that are mostly none."""
    return "".join(chance.choice(EMOJI) + chance.choice(("", "", *LOOSE)) for _ in range(chance.randint(1, 3)))
