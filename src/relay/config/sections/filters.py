"""Filters: ``keep`` and ``drop`` of a source, ``when`` of a route."""

from functools import partial
from zoneinfo import ZoneInfo

from relay.config.patterns import fault_of_pattern
from relay.config.table import Fault, Read, unknown
from relay.core.expression.grammar import parse
from relay.core.expression.tokens import Misreading, Why
from relay.core.expression.tree import FIELDS, Comparison, Expression, comparisons

_CODES: dict[Why, str] = {
    "no rule": "R056",
    "unknown field": "R080",
    "no comparison": "R081",
    "no operator": "R082",
    "no dated operator": "R082/day",
    "no operand": "R083",
    "bare operand": "R084",
    "unclosed operand": "R085",
    "unclosed parenthesis": "R086",
    "stray parenthesis": "R086/stray",
    "no joint": "R087",
    "too deep": "R088",
    "no day": "R089",
    "slashes and =": "R084/slashes",
    "slashes and url": "R084/address",
}


def rule(zone: str) -> Read[Expression]:
    """A reader of filters whose days begin at midnight in this time zone."""
    return partial(_rule, zone)


def _rule(zone: str, value: str) -> Expression | Fault:
    if "\b" in value:
        at = value.index("\b")
        return Fault("R058", {}, (at, at + 1))
    found = parse(value, ZoneInfo(zone))
    if isinstance(found, Misreading):
        return _fault(found)
    return next(filter(None, (_pattern_fault(value, one) for one in comparisons(found))), found)


def _fault(found: Misreading) -> Fault:
    if found.why == "unknown field":
        guess = unknown(found.word, FIELDS, "R080")
        return Fault("R080", guess.words, found.span)
    inside = found.span if found.span[0] < found.span[1] and found.why != "no rule" else None
    return Fault(_CODES[found.why], {"value": found.word, "known": ", ".join(FIELDS)}, inside)


def _pattern_fault(value: str, one: Comparison) -> Fault | None:
    """What is wrong with a pattern, at its place in the whole text, where a doubled quotation mark is two signs."""
    if not one.operator.endswith("~"):
        return None
    fault = fault_of_pattern(one.operand, one.operand_start)
    if fault is None or fault.inside is None:
        return fault
    quote = value[one.operand_start - 1]
    doubled = one.operand[: fault.inside[0] - one.operand_start].count(quote) if quote in "\"'" else 0
    return Fault(fault.code, fault.words, (fault.inside[0] + doubled, fault.inside[1] + doubled))
