"""One comparison of a filter: a field, an operator, an operand."""

from datetime import UTC, date, datetime, time, tzinfo
from typing import get_args

import regex

from relay.core.expression.tokens import Misreading, Reading, Token, Why
from relay.core.expression.tree import DATED, FIELDS, Comparison, Operator, Written

_OPERATORS: dict[str, Operator] = {operator: operator for operator in get_args(Operator)}
_DATED = ("<", ">=")
_TEXTUAL = ("~", "!~", "=", "!=")
_DAY = regex.compile(r"\d{4}-\d\d-\d\d")
_SINGLE = regex.compile(r"\s*+([\w-]++)\s*+([~=!]++)\s*+([^\s\"'/].*)", regex.DOTALL)
_ANOTHER = regex.compile(
    rf"\s(?:and|or)\s+(?:not\s+|\()*(?:has\s+(?:{'|'.join(FIELDS)})\b|[\w-]+\s*(?:!?[~=]|[<>]))", regex.IGNORECASE
)


def single(text: str) -> Comparison | Misreading | None:
    """A text that is one comparison whose operand, without quotation marks, runs to the end; ``None`` for any other.

    It must not look like two comparisons: the second would silently be a part of the first one's operand.
    """
    match = _SINGLE.fullmatch(text)
    if match is None or match[1] == DATED:
        return None
    if match[1] not in FIELDS:
        return Misreading("unknown field", match.span(1), match[1])
    if match[2] not in _TEXTUAL:
        return Misreading("no operator", match.span(2), match[2])
    start = match.start(3)
    if another := _ANOTHER.search(match[3]):
        end = another.start()
        return Misreading("bare operand", (start, start + end), match[3][:end])
    return Comparison(match[1], _OPERATORS[match[2]], match[3], None, Written(text.strip(), match.start(1)), start)


def comparison(reading: Reading) -> Comparison | Misreading:
    """``has`` and a field, or a field, an operator and an operand."""
    start = reading.peek().start
    has = reading.takes("has")
    subject = reading.take()
    if subject.kind == "unclosed":
        return subject.misread("unclosed operand")
    if subject.kind != "word" or subject.value.lower() in {"and", "or"}:
        return subject.misread("no comparison")
    if subject.value not in FIELDS:
        return subject.misread("unknown field")
    if has:
        return Comparison(subject.value, "has", written=reading.written(start))
    return _dated(reading, subject) if subject.value == DATED else _textual(reading, subject)


def _textual(reading: Reading, subject: Token) -> Comparison | Misreading:
    operator, operand = reading.take(), reading.take()
    if operator.value not in _TEXTUAL:
        return operator.misread("no operator")
    if why := _unfit(subject, operator, operand):
        return operand.misread(why)
    written, sign = reading.written(subject.start), _OPERATORS[operator.value]
    return Comparison(subject.value, sign, operand.value, None, written, operand.start + 1)


def _unfit(subject: Token, operator: Token, operand: Token) -> Why | None:
    """Why this cannot be the operand. Between slashes stands a pattern; in an address they might be its own."""
    if operand.kind == "slashed" and operator.value.endswith("="):
        return "slashes and ="
    if operand.kind == "slashed" and subject.value == "url":
        return "slashes and url"
    if operand.kind == "unclosed":
        return "unclosed operand"
    if operand.kind == "end" or not operand.value:
        return "no operand"
    return "bare operand" if operand.kind in {"word", "sign", "operator"} else None


def _dated(reading: Reading, subject: Token) -> Comparison | Misreading:
    operator, operand = reading.take(), reading.take()
    if operator.value not in _DATED:
        return operator.misread("no dated operator")
    moment = _midnight(operand.value, reading.zone)
    if moment is None:
        return operand.misread("no operand" if operand.kind == "end" else "no day")
    written = reading.written(subject.start)
    return Comparison(subject.value, _OPERATORS[operator.value], operand.value, moment, written, operand.start)


def _midnight(day: str, zone: tzinfo) -> datetime | None:
    """When a day begins; ``None`` if there is no such day."""
    if not _DAY.fullmatch(day):
        return None
    try:
        return datetime.combine(date.fromisoformat(day), time(), zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
