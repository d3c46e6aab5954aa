"""French spacing, quotes and ellipsis. Spaces are made unbreakable, never added; applying it twice changes nothing."""

import regex

NBSP = "\u00a0"
NARROW = "\u202f"

_PROTECTED = regex.compile(r"https?://\S+|[@#＃][\w.·@-]+|<[^<>]*>")
_RULES = (
    (regex.compile(r"\.{3}"), "…"),
    (regex.compile(r"(?<=\p{L})'(?=[\p{L}«\"\d])"), "’"),
    (regex.compile(r"(?<![ \u00a0])[ \u00a0]++(?=[;!?])"), NARROW),
    (regex.compile(r"(?<![ \u202f])[ \u202f]++(?=:(?:\s|$))"), NBSP),
    (regex.compile(r"(?<=«)[ \u202f]+"), NBSP),
    (regex.compile(r"(?<![ \u202f])[ \u202f]++(?=»)"), NBSP),
    (regex.compile(r"(?<=\d) (?=\d{3}(?!\d))"), NARROW),
    (regex.compile(r"(?<=\d)[ ](?=[%€$£]|M€|Md€|(?:millions?|milliards?)\b)"), NBSP),
)


def typeset(text: str, language: str) -> str:
    """``text`` (plain, or HTML whose tags are left alone) by the rules of ``language``; only French has any yet."""
    if regex.split("[-_]", language.lower())[0] != "fr":
        return text
    parts: list[str] = []
    end = 0
    for match in _PROTECTED.finditer(text):
        parts += [_french(text[end : match.start()]), match.group()]
        end = match.end()
    return "".join([*parts, _french(text[end:])])


def _french(text: str) -> str:
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
