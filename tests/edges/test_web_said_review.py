"""No sentence by which the review refuses, notes or excuses itself is left in English: they are read out of the code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from relay.core import review as rules
from relay.pipeline import delivering
from relay.web.wording.said import said

PIPELINE = Path(delivering.__file__).parents[1]
FILES = (
    *Path(rules.__file__).parent.glob("*.py"),
    *Path(delivering.__file__).parent.glob("*.py"),
    PIPELINE / "review.py",
    PIPELINE / "correctable.py",
    PIPELINE / "queue.py",
    PIPELINE / "tidy.py",
)
SPOKEN = {"Refusal", "Refused", "AuthLost", "Retry", "Unsure", "defer"}
SPANS = {"_spoken(able.edit_within)": "48 hours", "_spoken(able.delete_within)": "an hour", "count.unit": "graphemes"}

PART = "delete it by hand, where it stands, then say that it is gone."
"""Ends other sentences."""


def sentences() -> Iterator[str]:
    """What is refused, noted, returned or named there, if it is a sentence."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            for told in told_by(node):
                sentence = written(told)
                if " " in sentence and sentence != PART and sentence.endswith((".", "…")):
                    yield sentence


def told_by(node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args) if name in SPOKEN:
            yield from args
        case ast.keyword(arg="note", value=value) | ast.Return(value=ast.expr() as value):
            yield value
        case ast.Assign(value=ast.Constant() as value) | ast.Assign(value=ast.IfExp(body=value)):
            yield value


def written(node: ast.expr) -> str:
    """With its values filled in: 7 may be a number or a name."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.FormattedValue(value=value):
            return SPANS.get(ast.unparse(value), "7")
        case ast.JoinedStr(values=parts):
            return "".join(written(part) for part in parts)
        case _:
            return ""


FOUND = sorted(set(sentences()))


def test_the_sentences_are_found() -> None:
    assert len(FOUND) > 25
    assert any("can be changed only for 48 hours" in one for one in FOUND)
    assert any("thread" in one for one in FOUND)


@pytest.mark.parametrize("sentence", FOUND)
def test_it_has_its_french(sentence: str) -> None:
    told, language = said(sentence, "fr")
    assert (language, told != sentence) == ("fr", True)
