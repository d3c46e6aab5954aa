"""The text of a filter → its expression, or what is wrong with it and where."""

from collections.abc import Callable
from datetime import UTC, tzinfo

from relay.core.expression.comparison import comparison, single
from relay.core.expression.tokens import Misreading, Reading, tokens
from relay.core.expression.tree import And, Expression, Not, Or

DEEPEST = 20
"""Parentheses and ``not`` within one another: more than anybody can follow."""

_Part = Callable[[Reading, int], Expression | Misreading]


def parse(text: str, zone: tzinfo = UTC) -> Expression | Misreading:
    """The expression; days in it begin at midnight in ``zone``. Whether its patterns compile is not asked here.

    ``or`` binds less than ``and``, ``and`` less than ``not``. A text that is one comparison may leave out the
    quotation marks: the operand then runs to the end.
    """
    if alone := single(text):
        return alone
    reading = Reading(text, tokens(text), zone)
    if len(reading.tokens) <= 2 and reading.peek().kind != "unclosed":
        return Misreading("no rule", (0, len(text)), text)
    found = _any(reading, 0)
    rest = reading.peek()
    if isinstance(found, Misreading) or rest.kind == "end":
        return found
    return rest.misread("stray parenthesis" if rest.value == ")" else "no joint")


def _any(reading: Reading, depth: int) -> Expression | Misreading:
    return _chain(reading, depth, "or", _all, Or)


def _all(reading: Reading, depth: int) -> Expression | Misreading:
    return _chain(reading, depth, "and", _one, And)


def _chain(reading: Reading, depth: int, joint: str, part_of: _Part, whole: type[And | Or]) -> Expression | Misreading:
    """One part or several with the same word between them."""
    start = reading.peek().start
    parts: list[Expression] = []
    while not parts or reading.takes(joint):
        part = part_of(reading, depth)
        if isinstance(part, Misreading):
            return part
        parts.append(part)
    return parts[0] if len(parts) == 1 else whole(tuple(parts), reading.written(start))


def _one(reading: Reading, depth: int) -> Expression | Misreading:
    """A comparison, a ``not`` with what it is about, or something in parentheses."""
    first = reading.peek()
    if depth > DEEPEST:
        return first.misread("too deep")
    if reading.takes("not"):
        part = _one(reading, depth + 1)
        return part if isinstance(part, Misreading) else Not(part, reading.written(first.start))
    return _grouped(reading, depth) if first.value == "(" and first.kind == "sign" else comparison(reading)


def _grouped(reading: Reading, depth: int) -> Expression | Misreading:
    opening = reading.take()
    inner = _any(reading, depth + 1)
    if isinstance(inner, Misreading) or reading.takes(")"):
        return inner
    rest = reading.peek()
    return opening.misread("unclosed parenthesis") if rest.kind == "end" else rest.misread("no joint")
