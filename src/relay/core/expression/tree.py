"""An expression of the filter language, as values: what is compared with what, joined by and, or, not.

Two expressions are equal when they ask the same; how they were written does not count.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

FIELDS = (
    "title",
    "summary",
    "content",
    "text",
    "category",
    "author",
    "url",
    "language",
    "source",
    "handle",
    "image",
    "published",
)
"""What an expression can ask about."""
DATED = "published"
"""The one field that is a moment: it is compared with a day, the others with texts."""

Operator = Literal["~", "!~", "=", "!=", "<", ">=", "has"]


@dataclass(frozen=True, slots=True)
class Written:
    """How it stood in the file: the words, and where they begin in the whole text (code points)."""

    text: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field against one operand; ``has`` has none. ``moment`` is when the operand's day begins, for ``< >=``."""

    subject: str
    operator: Operator
    operand: str = ""
    moment: datetime | None = None
    written: Written = field(default=Written(), compare=False)
    operand_start: int = field(default=0, compare=False)
    """Where the operand begins in the whole text, after its quotation mark."""


@dataclass(frozen=True, slots=True)
class Not:
    """Whatever the part does not hold for."""

    part: "Expression"
    written: Written = field(default=Written(), compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts, two at least."""

    parts: "tuple[Expression, ...]"
    written: Written = field(default=Written(), compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the parts, two at least."""

    parts: "tuple[Expression, ...]"
    written: Written = field(default=Written(), compare=False)


Expression = Comparison | Not | And | Or


def wording(expression: Expression) -> str:
    """The expression as its writer put it, on one line; as relay would, where nobody wrote it."""
    return " ".join(expression.written.text.split()) or canonical(expression)


def canonical(expression: Expression) -> str:
    """The expression in its plainest form: read again, it is equal."""
    match expression:
        case Comparison(subject, "has"):
            return f"has {subject}"
        case Comparison(subject, operator, operand, None):
            doubled = operand.replace('"', '""')
            return f'{subject} {operator} "{doubled}"'
        case Comparison(subject, operator, operand):
            return f"{subject} {operator} {operand}"
        case Not(part):
            return f"not {_grouped(part)}"
        case And(parts):
            return " and ".join(map(_grouped, parts))
        case Or(parts):
            return " or ".join(map(_grouped, parts))


def comparisons(expression: Expression) -> Iterator[Comparison]:
    """Every comparison in it, as they are written."""
    match expression:
        case Comparison():
            yield expression
        case Not(part):
            yield from comparisons(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from comparisons(part)


def _grouped(part: Expression) -> str:
    return f"({canonical(part)})" if isinstance(part, And | Or) else canonical(part)
