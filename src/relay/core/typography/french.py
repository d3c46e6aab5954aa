"""French as the Imprimerie nationale sets it (Lexique des règles typographiques), as far as no meaning is at stake."""

from collections.abc import Callable

import regex

from relay.core.typography.accents import RESTORED
from relay.core.typography.quotes import BREAK, TAG, WORD, paired, uncurled

Becomes = str | Callable[["regex.Match[str]"], str]
Rule = tuple[tuple[str, ...], "regex.Pattern[str]", Becomes]
"""Signs of which one at least must be there what is looked for, what it becomes."""

NBSP = "\u00a0"
NARROW = "\u202f"

_T = f"{TAG}*"
_S = f"[ {NBSP}{NARROW}\u2009]"
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_UNITS = (
    "(?:[%‰€$£°]|(?:[kM]|Mds?)€|(?:millions?|milliards?|milliers|euros?|habitants?|heures?|minutes?|jours?|mois|ans"
    "|k?m[²³]?|[cm]m|ha|hectares?|k?g|tonnes?|[kMGT]?Wh?|[kMGT]o|h|min)(?!\\w))"
)
_STOP = rf"(?:[!?]++(?=[\s{BREAK}{TAG}»)”]|$)|[:;](?=[\s{BREAK}{TAG}]|$))"


def french(text: str, *, adds: bool) -> str:
    """``text`` with its tags masked; ``adds`` also puts the spaces that nobody typed (not done in Canada)."""
    for rule in _SIGNS:
        text = _applied(rule, text)
    text = uncurled(paired(text, ("«", "»"), ("“", "”")), ("«", "»"))
    for rule in (*_SPACES, *(_ADDED if adds else ()), *_WORDS):
        text = _applied(rule, text)
    return text


def _applied(rule: Rule, text: str) -> str:
    signs, pattern, becomes = rule
    for sign in signs:
        if sign in text:
            return pattern.sub(becomes, text)
    return text


def _rules(*rules: tuple[str, str, Becomes]) -> tuple[Rule, ...]:
    return tuple((tuple(signs.split("|")), regex.compile(pattern), becomes) for signs, pattern, becomes in rules)


def _held(match: "regex.Match[str]") -> str:
    """The same words, with a no-break space for every space among them."""
    return regex.sub(_S, NBSP, match.group())


def _grouped(match: "regex.Match[str]") -> str:
    return regex.sub(_S, NARROW, match.group())


def _parted(match: "regex.Match[str]") -> str:
    return f"{NBSP if match.group() == ':' else NARROW}{match.group()}"


_IN = rf"[^\s–—.!?;:«»{BREAK}]"
_AFTER = f" ,;.:!?){NBSP}{NARROW}"
_SIGNS = _rules(
    ("1 er", r"\b1 er\b", "1er"),
    ("..", r"(?<!\.)\.{3,}(?!\.)", "…"),
    ("etc", rf"(?<=\b[Ee]tc)(?:\.?{_S}?…\.?|\.{{2,}})", "."),
    ("'|`|´|ʼ", rf"['`´ʼ](?<=\p{{L}}{_T}.)(?={_T}[\p{{L}}\d«“\"{WORD}])", "’"),
    (" - | -- ", r"(?<=\S) --? (?=[^\s\d-])|(?<=[^\s\d-]) --? (?=[^\s-])", " – "),
    (
        "–|—",
        rf"(?<=\S)([ \n])([–—])[ {NBSP}]({_IN}(?:[^–—.!?;:\n{BREAK}]{{0,240}}{_IN})?)[ {NBSP}]\2(?=[{_AFTER}]|$)",
        rf"\1\2{NBSP}\3{NBSP}\2",
    ),
)
_SPACES = _rules(
    ("«", rf"«((?:{_S}|{TAG})*+)(?=\S)", lambda match: f"«{NBSP}{TAG * match[1].count(TAG)}"),
    ("»", rf"(?<=[^\s{TAG}])((?:{_S}|{TAG})*+)»", lambda match: f"{TAG * match[1].count(TAG)}{NBSP}»"),
    (";|!|?", rf"(?<=[^\s«]){_S}++(?={_T}[;!?](?!=))", NARROW),
    (":", rf"(?<=[^\s«]){_S}++(?={_T}:{_T}(?:\s|{BREAK}|$))", NBSP),
    ("0|1|2|3|4|5|6|7|8|9", rf"(?<![\p{{L}}\d,.]|\d{_S})\d{{1,3}}(?:{_S}\d{{3}})++(?!\d)", _grouped),
    ("0|1|2|3|4|5|6|7|8|9", rf"(?<=\d{_T}){_S}(?={_T}{_UNITS})", NBSP),
    ("°|º", rf"(?<=\b[nN])[°º]{_S}?(?=\d)", f"°{NBSP}"),
    (
        "art.|p.|§|article|chap.|fig.",
        rf"(?:\b(?:art\.|pp?\.|articles?|chap\.|fig\.)|§){_S}(?=\d)",
        _held,
    ),
    ("M.|MM|Mm|Ml|Dr|Pr|Me|Mgr", rf"\b(?:MM?\.|Mmes?|Mlles?|Dr|Pr|Me|Mgr){_S}(?={_T}[A-ZÀ-Þ])", _held),
    (
        "vier|vrier| mars| avril| mai| juin| juillet| août|bre",
        rf"\b(1er|[12]?\d|3[01]) (?=(?:{_MONTHS})\b)",
        rf"\1{NBSP}",
    ),
)
_ADDED = _rules(
    ("%|€", r"(?<=\d)(?=(?:[%€]|[kM]€|Mds?€)(?![\p{L}\d]))", NBSP),
    (":|;|!|?", rf"(?<=[\p{{L}}\d»”%€)]{_T}){_STOP}", _parted),
)
_WORDS = _rules(
    ("1", r"\b1[èe]re(s?)\b", r"1re\1"),
    ("ème|eme", r"\b(\d+|[IVXLC]+)i?[èe]me(s?)\b", r"\1e\2"),
    *RESTORED,
)
