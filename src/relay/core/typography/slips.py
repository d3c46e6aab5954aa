"""What typists and editing software let slip: stray spaces, sentences glued together, thousands with a full stop."""

from collections.abc import Callable

import regex

from relay.core.typography.quotes import BREAK, TAG

_NARROW = "\u202f"
_SPACE = "[ \u00a0\u202f\u2009]"
_INSIDE = r"(?=[^\s:;!?»–—])"
_COUNTED = rf"(?=(?:,\d+)?(?:{_SPACE}?(?:[€$]|k?m\b)|{_SPACE}\p{{Ll}}))"
_NUMBERED = rf"\b(?:articles?|art\.|version|n°|no|chapitre|point){_SPACE}"


def _thousands(match: "regex.Match[str]") -> str:
    return match.group().replace(".", _NARROW)


SLIPS: tuple[tuple[str, str, str | Callable[["regex.Match[str]"], str]], ...] = (
    ("\u00a0", rf"\u00a0(?<=\S .)[ \u00a0]*+{_INSIDE}(?<=\S(?P<gap> [ \u00a0]+))", " "),
    ("\u00a0", rf"\u00a0(?<=\S.)[ \u00a0]++{_INSIDE}", " "),
    ("  ", rf"  (?<=\S..)[ \u00a0]*+{_INSIDE}", " "),
    ("\u00a0", r"\u00a0(?<=[,:;!?]\u00a0)(?=[\p{L}\d])", " "),
    ("\u00a0", rf"\u00a0(?<=\p{{Ll}}{{3}}{TAG}*\u00a0)(?={TAG}*\p{{Ll}}{{2}})", " "),
    ("\u00a0", r"\u00a0(?<=(?:\p{Ll}{4}|[€%])\.\u00a0)(?=\p{Lu})", " "),
    ("\u00a0", rf"\u00a0(?<!\u00a0\u00a0)\u00a0*+(?={TAG}*(?:{BREAK}|$))", ""),
    *((sign, rf"\{sign}(?=\p{{Lu}}\p{{Ll}})(?<=\p{{Ll}}{{2}}[ \u00a0\u202f]?.)", r"\g<0> ") for sign in ",;!?"),
    (",", rf",(?<=[\p{{L}}\d»)%€](?P<gap> ),)(?=[ \n{BREAK}]|$)", ""),
    (".", rf"\.(?<=[\p{{L}}\d»)%€](?P<gap> )\.)(?=[ \n{BREAK}]|$)", ""),
    (".", r"\.(?=\p{Lu}(?:\p{Ll}+|[’'])[ \p{L}])(?<=\p{Ll}{3}.)(?!.(?:om|et|rg|nfo|ouv|sso|r)\b)", ". "),
    (
        ".",
        rf"\.(?=\d{{3}})(?<=(?<![\p{{L}}\d.,/-]|{_NUMBERED})[1-9]\d{{0,2}}\.)\d{{3}}(?:\.\d{{3}})?+(?![\d.]|,\d{{3}}){_COUNTED}",
        _thousands,
    ),
)
"""Signs of which one at least must be there, separated by "|"; what is looked for; what it becomes."""
