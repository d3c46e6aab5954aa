"""French as the Imprimerie nationale sets it (Lexique des règles typographiques), as far as no meaning is at stake."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from operator import methodcaller

import regex

from relay.core.typography.accents import RESTORED
from relay.core.typography.quotes import BREAK, TAG, WORD, matched, paired, uncurled
from relay.core.typography.slips import SLIPS

Becomes = str | Callable[["regex.Match[str]"], str]
Rule = tuple[str, tuple[str, ...], str, Becomes]
"""A sign; others, of all of which one at least must be there; what is looked for then, and what it becomes.

A pattern begins with its rarest sign and looks back from there: one that begins with a space, or by looking back, is
tried at every word. What has a group "gap" changes there only. To find a sign of one character costs next to nothing,
to find one of two as much as a good pattern; it is looked for once where several rules in a row have it.
"""

NBSP = "\u00a0"
NARROW = "\u202f"

_T = f"{TAG}*"
_S = f"[ {NBSP}{NARROW}\u2009]"
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_UNITS = (
    "(?:[%‰€$£°]|(?:[kM]|Mds?)€|(?:millions?|milliards?|milliers|euros?|habitants?|heures?|minutes?|jours?|mois|ans"
    "|k?m[²³]?|[cm]m|ha|hectares?|k?g|tonnes?|[kMGT]?Wh?|[kMGT]o|h|min)(?!\\w))"
)
_STUCK = rf"(?<=[\p{{L}}\d»”%€)]{_T}.)"
_STOP = rf"(?=[\s{BREAK}{TAG}]|$)"


def french(text: str, *, adds: bool) -> str:
    """``text`` with its tags masked; ``adds`` also puts the spaces that nobody typed (not done in Canada)."""
    text = _by(_SIGNS, text)
    text = uncurled(paired(matched(text), ("«", "»"), ("“", "”")), ("«", "»"))
    return _by((*_SPACES, *(_ADDED if adds else ()), *_WORDS), text)


def _by(rules: Sequence[Rule], text: str) -> str:
    """``text`` by one rule after the other."""
    before, is_there = "", False
    for sign, others, pattern, becomes in rules:
        if sign != before:
            before, is_there = sign, sign in text
        if is_there or (others and any(map(text.__contains__, others))):
            text = _ready(pattern, becomes)(text)
    return text


def _rules(*rules: tuple[str, str, Becomes]) -> tuple[Rule, ...]:
    """Of signs separated by "|", what is looked for, and what it becomes."""
    split = ((signs.split("|"), pattern, becomes) for signs, pattern, becomes in rules)
    return tuple((sign, tuple(others), pattern, becomes) for (sign, *others), pattern, becomes in split)


@cache
def _ready(pattern: str, becomes: Becomes) -> Callable[[str], str]:
    """Made when its sign is first found: all of them take longer than many a command that sets no text."""
    made = regex.compile(pattern)
    if "gap" in made.groupindex:
        return partial(_filled, made, becomes)
    is_template = isinstance(becomes, str) and "\\" in becomes  # which ``sub`` would take apart for every text
    return partial(made.sub, methodcaller("expand", becomes) if is_template else becomes)


def _filled(pattern: "regex.Pattern[str]", becomes: Becomes, text: str) -> str:
    parts, done = [], 0
    for match in pattern.finditer(text):
        start, end = match.span("gap")
        parts += [text[done:start], becomes if isinstance(becomes, str) else becomes(match)]
        done = end
    return "".join([*parts, text[done:]]) if parts else text


def _grouped(match: "regex.Match[str]") -> str:
    return regex.sub(_S, NARROW, match.group())


_IN = rf"[^\s–—.!?;:«»{BREAK}]"
_AFTER = f" ,;.:!?){NBSP}{NARROW}"
_SIGNS = _rules(
    (".", r"\.\.\.(?<!\.\.\.\.)\.*+", "…"),
    *SLIPS,
    ("1", r"\b1 er\b", "1er"),
    ("e", rf"tc(?<=\b[Ee]tc)\K(?:\.?{_S}?…[.…]*+|\.{{2,}}[.…]*+)", "."),
    ("e", r"etc\.(?=\p{Lu}(?:\p{Ll}+|[’'])[ \p{L}])(?<=\b[Ee]tc.)", "etc. "),
    *((sign, rf"{sign}(?<=\p{{L}}{_T}.)(?={_T}[\p{{L}}\d«“\"{WORD}])", "’") for sign in "'`´ʼ"),
    ("-", r"-(?<=\S -)(?=[,;])", "–"),
    ("-", r"-(?:(?<=\S -)-? (?=[^\s\d-])|(?<=[^\s\d-] -)-? (?=[^\s-]))", "– "),
    (
        "–|—",
        rf"([–—])(?<=\S[ \n].)[ {NBSP}]({_IN}(?:[^–—.!?;:\n{BREAK}]{{0,240}}{_IN})?)[ {NBSP}]\1(?=[{_AFTER}]|$)",
        rf"\1{NBSP}\2{NBSP}\1",
    ),
)
_DIGITS = "0|1|2|3|4|5|6|7|8|9"
_NAMED = rf"\K{_S}(?={_T}[A-ZÀ-Þ])"
_SPACES = _rules(
    ("«", rf"{NBSP}(?={_T}«)", " "),
    ("«", rf"«((?:{_S}|{TAG})*+)(?=\S)", lambda match: f"«{NBSP}{TAG * match[1].count(TAG)}"),
    ("»", rf"»(?<=[^\s{TAG}](?P<gap>(?:{_S}|{TAG})*+)»)", lambda match: f"{TAG * match['gap'].count(TAG)}{NBSP}"),
    *((sign, rf"[{sign}](?!=)(?<=[^\s«](?P<gap>{_S}++){_T}.)", NARROW) for sign in ";!?"),
    (":", rf":(?<=[^\s«](?P<gap>{_S}++){_T}:)(?={_T}(?:\s|{BREAK}|$))", NBSP),
    (
        _DIGITS,
        rf"[0-9](?=\d{{0,2}}{_S}\d{{3}})(?<!(?:[\p{{L}}\d,.]|\d{_S}).)\d{{0,2}}(?:{_S}\d{{3}})++(?!\d)",
        _grouped,
    ),
    ("°|º", rf"(?<=\b[nN])[°º]{_S}?(?=\d)", f"°{NBSP}"),
    (
        _DIGITS,
        rf"[0-9](?:{_T}\K{_S}(?={_T}{_UNITS})|(?:er)?\K (?=(?:{_MONTHS})\b)(?<=\b(?:1er|[12]?\d|3[01]) ))",
        NBSP,
    ),
    (_DIGITS, rf"[0-9](?<={_S}.)(?<=(?:\b(?:art\.|pp?\.|articles?|chap\.|fig\.)|§)(?P<gap>{_S}).)", NBSP),
    ("M", rf"M(?<=\bM)(?:M?\.|mes?|lles?|e|gr){_NAMED}", NBSP),
    ("D", rf"Dr(?<=\bDr){_NAMED}", NBSP),
    ("P", rf"Pr(?<=\bPr){_NAMED}", NBSP),
)
_ADDED = _rules(
    (
        _DIGITS,
        r"[0-9](?=[kmhMGT])(?=(?:k?m²|km|kg|ha|[kMGT]Wh)(?![\p{L}\d]))(?<=(?<![\p{L}\d.,-])\d+(?:,\d+)?)",
        rf"\g<0>{NBSP}",
    ),
    ("%|€", r"(?<=\d)(?=(?:[%€]|[kM]€|Mds?€)(?![\p{L}\d]))", NBSP),
    (":", rf":{_STUCK}{_STOP}", f"{NBSP}:"),
    (";", rf";{_STUCK}{_STOP}", f"{NARROW};"),
    *((sign, rf"[{sign}]{_STUCK}[!?]*+(?=[\s{BREAK}{TAG}»)”]|$)", rf"{NARROW}\g<0>") for sign in "!?"),
)
_WORDS = _rules(
    ("1", r"1[èe]re(?<=\b....)(s?)\b", r"1re\1"),
    ("me", r"me(?<=[\dIVXLCi][èe]me)(?=s?\b)(?<=\b(?:\d+|[IVXLC]+)(?P<gap>i?[èe]me))", "e"),
    *RESTORED,
)
