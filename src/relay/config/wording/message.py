"""One message about the configuration: where, what, and how to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from relay.config.toml.positions import KeyPath
from relay.config.wording.english import ENGLISH
from relay.config.wording.french import FRENCH
from relay.config.wording.masking import masked_addresses
from relay.config.wording.snippet import Excerpt, printable

Severity = Literal["error", "warning"]

WARNINGS = frozenset(
    {"R022", "R023", "R040", "R044", "R045", "R093", "R095", "R124", "R125", "R126", "R127"}
    | {"R140", "R141", "R142", "R143", "R150"}
)
"""The codes that stop nothing. Every other one is an error."""

_NEAR = 4000
"""Characters of a word that are looked at; far fewer are shown."""


@dataclass(frozen=True, slots=True)
class Message:
    """``snippet`` is the source line and, under it, the caret; empty where there is no line to show.

    ``line`` and ``column`` count from 1, ``column`` and ``length`` in code points.
    """

    code: str
    severity: Severity
    line: int
    column: int
    length: int
    what: str
    hint: str
    snippet: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong, before it is put into words: ``code`` may name a variant ("R013/text").

    ``path`` leads to the key or value in question; ``at_key`` chooses between the two. ``inside`` is the
    stretch of the decoded text that is wrong (code points, half-open), ``None`` for the whole value.
    """

    code: str
    path: KeyPath
    words: Mapping[str, str] = field(default_factory=dict)
    inside: tuple[int, int] | None = None
    at_key: bool = False


def is_warning(code: str) -> bool:
    """Whether what a code says stops nothing; the code may name a variant."""
    return code.partition("/")[0] in WARNINGS


def worded(code: str, words: Mapping[str, str], language: str, excerpt: Excerpt) -> Message:
    """The message, in French or (``en``) English. A word named ``guess`` becomes the hint."""
    table = FRENCH if language == "fr" else ENGLISH
    what, hint = table[code]
    if words.get("guess"):
        hint = table["guess"][0]
    elif words.get("known") == "":
        hint = table["none"][0]
    safe = {name: printable(masked_addresses(word[:_NEAR])) for name, word in words.items()}
    number = code.partition("/")[0]
    return Message(
        code=number,
        severity="warning" if is_warning(code) else "error",
        line=excerpt.line,
        column=excerpt.column,
        length=excerpt.length,
        what=what.format_map(safe),
        hint=hint.format_map(safe),
        snippet=excerpt.snippet,
    )
