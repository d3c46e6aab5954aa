"""The words and signs of a filter's text, and how far they are read; why a text is no filter, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Literal

import regex

from relay.core.expression.tree import Written

Kind = Literal["quoted", "slashed", "unclosed", "operator", "word", "sign", "end"]
Why = Literal[
    "no rule",
    "no comparison",
    "unknown field",
    "no operator",
    "no dated operator",
    "no operand",
    "bare operand",
    "unclosed operand",
    "unclosed parenthesis",
    "stray parenthesis",
    "no joint",
    "too deep",
    "no day",
    "slashes and =",
    "slashes and url",
]


@dataclass(frozen=True, slots=True)
class Misreading:
    """Why a text is no expression; ``span`` is the wrong part (code points, half-open), ``word`` what stands there."""

    why: Why
    span: tuple[int, int]
    word: str


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the text. ``value`` is what it stands for: quotation marks are off, doubled ones single."""

    kind: Kind
    value: str
    start: int
    end: int

    def misread(self, why: Why) -> Misreading:
        """What is wrong is here."""
        return Misreading(why, (self.start, self.end), self.value)


@dataclass(slots=True)
class Reading:
    """The text, its tokens, and how many of them are read. Days begin at midnight in ``zone``."""

    text: str
    tokens: Sequence[Token]
    zone: tzinfo
    read: int = 0

    def peek(self) -> Token:
        """The next token; past the last one there is always the end."""
        return self.tokens[min(self.read, len(self.tokens) - 1)]

    def take(self) -> Token:
        """The next token, which is then read."""
        token = self.peek()
        self.read += 1
        return token

    def takes(self, word: str) -> bool:
        """Step over a keyword or a sign, if it is the next."""
        token = self.peek()
        is_next = token.kind in {"word", "sign"} and token.value.lower() == word
        self.read += is_next
        return is_next

    def written(self, start: int) -> Written:
        """What was read since ``start``."""
        return Written(self.text[start : self.tokens[self.read - 1].end], start)


_TOKEN = regex.compile(
    r"""(?P<quoted>"(?:[^"]|"")*+"|'(?:[^']|'')*+')"""
    r"""|(?P<slashed>/(?:[^/\\]|\\.)++/)"""
    r"""|(?P<unclosed>["'/].*)"""
    r"""|(?P<operator>[~=!]+|[<>]=?)"""
    r"""|(?P<word>[\w-]+)"""
    r"""|(?P<sign>\S)""",
    regex.DOTALL,
)


def tokens(text: str) -> list[Token]:
    """Every token of the text and, one place after it, the end."""
    found = [_token(match) for match in _TOKEN.finditer(text)]
    return [*found, Token("end", "", len(text), len(text) + 1)]


def _token(match: "regex.Match[str]") -> Token:
    """Between slashes backslashes stay: to a regular expression, a slash behind one is a slash."""
    value, (start, end) = match[0], match.span()
    match match.lastgroup:
        case "quoted":
            return Token("quoted", value[1:-1].replace(value[0] * 2, value[0]), start, end)
        case "slashed":
            return Token("slashed", value[1:-1], start, end)
        case "unclosed" | "operator" | "word" as kind:
            return Token(kind, value, start, end)
        case _:
            return Token("sign", value, start, end)
