"""No sentence that a network's module writes is left in English: they are read out of the modules themselves."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from relay.networks.wire import answers
from relay.web.wording.said import said

FOLDER = Path(answers.__file__).parents[1]
SPOKEN = {"Retry", "Refused", "AuthLost", "Unsure", "CannotTell", "NoAnswer"}
FILLED = "7"
"""What stands for a value in a sentence: it may be a number or a name."""
BEGUN = {
    ("answers", "what"): "the answer was lost",
    ("email_smtp", "what"): "a sign-in that is known here",
    ("linkedin", "gone"): "LinkedIn takes it for a duplicate of 7, which was deleted",
    ("linkedin_answers", "why"): "LinkedIn answered 426: No such version.",
    ("wordpress_answers", "outcome.why"): "blog.example answered 404: Not Found",
}
"""Values that are words, by their module: some sentences are put together."""


def sentences() -> Iterator[tuple[str, str]]:
    """Module and sentence of every outcome that is worded where it is made."""
    for path in sorted(FOLDER.rglob("*.py")):
        module = named(path)
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in SPOKEN:
                    yield module, written(first, module)


def named(path: Path) -> str:
    """A network's name, with that of the file where it is not ``network.py``; what all share goes by its file."""
    if path.parent.name in {FOLDER.name, "wire", "writing"}:
        return path.stem
    return path.parent.name if path.stem == "network" else f"{path.parent.name}_{path.stem}"


def written(node: ast.expr, module: str) -> str:
    """The sentence with its values filled in; empty where it is made elsewhere."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.FormattedValue(value=value):
            return BEGUN.get((module, ast.unparse(value)), FILLED)
        case ast.JoinedStr(values=parts):
            return "".join(written(part, module) for part in parts)
        case _:
            return ""


FOUND = sorted({(module, sentence) for module, sentence in sentences() if sentence})


def test_the_sentences_are_found() -> None:
    assert {"email", "linkedin", "x", "facebook", "threads", "wordpress", "matrix", "micropub"} <= {
        of for of, _ in FOUND
    }


@pytest.mark.parametrize(("module", "sentence"), FOUND)
def test_it_has_its_french(module: str, sentence: str) -> None:
    told, language = said(sentence, "fr")
    assert language == "fr", f"{module}: {sentence}"
    assert told != sentence
