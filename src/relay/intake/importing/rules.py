"""Filters of relay's language, made of what other tools filter by."""

import re
from collections.abc import Sequence

import regex

from relay.core.expression.grammar import parse
from relay.core.expression.tokens import Misreading
from relay.core.expression.tree import comparisons

_SPECIAL = re.compile(r"([.^$*+?{}\[\]\\|()])")


def finds(field: str, pattern: str) -> str:
    """The regular expression is found in the field."""
    return f'{field} ~ "{_doubled(pattern)}"'


def says(field: str, words: str, *, cased: bool = False) -> str:
    """The words stand somewhere in the field."""
    return finds(field, ("" if cased else "(?i)") + _SPECIAL.sub(r"\\\1", words))


def equals(field: str, value: str) -> str:
    """The field is the value."""
    return f'{field} = "{_doubled(value)}"'


def negated(rule: str) -> str:
    """Whatever the rule does not hold for."""
    return f"not ({rule})"


def one_of(rules: Sequence[str]) -> str:
    """Any of them holds."""
    return " or ".join(rules)


def all_of(rules: Sequence[str]) -> str:
    """Each of them holds."""
    return rules[0] if len(rules) == 1 else " and ".join(f"({rule})" for rule in rules)


def fault(rule: str) -> str | None:
    """Why it is no filter of relay's; ``None`` for one that is."""
    found = parse(rule)
    if isinstance(found, Misreading):
        return found.why
    if "\b" in rule:
        return "it has a backspace in it"
    try:
        for one in comparisons(found):
            if one.operator.endswith("~"):
                regex.compile(one.operand)
    except (regex.error, OverflowError, RecursionError, ValueError) as error:
        return f"the library regex says: {error}"
    return None


def _doubled(text: str) -> str:
    return text.replace('"', '""')
