"""A report of messages: for a person, for a program, for GitHub's annotations."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from relay.config.configuration import Loaded
from relay.config.wording.message import Message

_ENDINGS = {
    ("fr", True): "Rien n'a été démarré, rien n'a été publié.",
    ("fr", False): "La configuration peut servir.",
    ("en", True): "Nothing was started, nothing was published.",
    ("en", False): "The configuration can be used.",
}
_NOUNS = {"fr": ("erreur", "avertissement"), "en": ("error", "warning")}


def report(loaded: Loaded) -> str:
    """For a person: each message with its source line and caret, then one line that sums up."""
    lines = (line for message in loaded.messages for line in _lines(loaded.file, message))
    return "\n".join([*lines, _summary(loaded.messages, loaded.language)])


def as_json(loaded: Loaded) -> str:
    """One JSON object; each message has the fields of ``Message``."""
    errors = _count(loaded.messages, "error")
    value = {
        "file": loaded.file,
        "errors": errors,
        "warnings": len(loaded.messages) - errors,
        "messages": [*map(asdict, loaded.messages)],
    }
    return json.dumps(value, ensure_ascii=False)


def annotations(loaded: Loaded) -> str:
    """Workflow commands: https://docs.github.com/actions/reference/workflow-commands-for-github-actions."""
    return "\n".join(
        f"::{message.severity} file={_property(loaded.file)},line={message.line},col={message.column},"
        f"title={message.code}::{_data(' — '.join(filter(None, (message.what, message.hint))))}"
        for message in loaded.messages
    )


def _lines(file: str, message: Message) -> Iterator[str]:
    yield f"{file}:{message.line}:{message.column}: {message.severity}[{message.code}]: {message.what}"
    yield from (f"  | {line}" for line in message.snippet.split("\n") if message.snippet)
    if message.hint:
        yield f"  = {message.hint}"


def _summary(messages: Sequence[Message], language: str) -> str:
    errors = _count(messages, "error")
    counts = zip((errors, len(messages) - errors), _NOUNS[language], strict=True)
    total = ", ".join(f"{count} {noun}{_plural(count, language)}" for count, noun in counts)
    return f"{total}. {_ENDINGS[language, errors > 0]}"


def _plural(count: int, language: str) -> str:
    """In French, zero is singular."""
    return "s" if count > 1 or (count == 0 and language == "en") else ""


def _count(messages: Sequence[Message], severity: str) -> int:
    return sum(message.severity == severity for message in messages)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
