"""A configuration file, whole: its values when it is good, and every message about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from relay.config.building import build
from relay.config.configuration import Configuration, Loaded, NetworkKeys
from relay.config.opening import language_of, read
from relay.config.sections.accounts import Means, plain_keys
from relay.config.table import MOST, Enough, Fault, Table
from relay.config.toml.positions import KeyPath, Span, Spots, spots_of
from relay.config.toml.strings import offsets
from relay.config.toml.syntax import Flaw, parse
from relay.config.wording.masking import secrets_near, secrets_of
from relay.config.wording.message import Message, Trouble, is_warning, worded
from relay.config.wording.snippet import Excerpt, excerpt

DEFAULT = Path("config/relay.toml")


@dataclass(frozen=True, slots=True)
class _Script:
    """The text of the file, where its keys and values stand, and what must not show."""

    text: str
    spots: Spots
    hidden: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Examined:
    """The document, the keys that were ``asked`` for with their defaults, and the troubles, each cause once."""

    document: dict[str, Any]
    asked: Mapping[KeyPath, object]
    troubles: tuple[Trouble, ...]
    configuration: Configuration | None

    @property
    def errors(self) -> int:
        """How many troubles stand in its way."""
        return sum(not is_warning(one.code) for one in self.troubles)


def locate(argument: Path | None, environ: Mapping[str, str]) -> Path:
    """What ``--config`` says, else ``config/relay.toml`` where there is one, else ``$RELAY_CONFIG``."""
    if argument is not None:
        return argument
    named = environ.get("RELAY_CONFIG")
    return Path(named) if named and not DEFAULT.is_file() else DEFAULT


def load(path: Path, environ: Mapping[str, str], networks: Mapping[str, NetworkKeys]) -> Loaded:
    """Read and check the file; nothing is raised whatever it holds. Errors leave no configuration."""
    file = str(path).encode(errors="replace").decode()
    text = read(path)
    if isinstance(text, Fault):
        return Loaded(file, "en", None, (worded(text.code, text.words, "en", Excerpt()),))
    language = language_of(text)
    means = Means(networks, environ, path.parent)
    found = examine(text, means)
    if isinstance(found, Flaw):
        return Loaded(file, language, None, (_of_flaw(text, found, language),))
    if not found.troubles:  # where each key stands is for messages alone, and ten thousand sources have many
        return Loaded(file, language, found.configuration, ())
    script = _script(text, found.document, means)
    messages = sorted((_of_trouble(script, trouble, language) for trouble in found.troubles), key=_place)
    return Loaded(file, language, None if found.errors else found.configuration, tuple(messages))


def examine(text: str, means: Means) -> Examined | Flaw:
    """What is in the text of a file, whose line ends are line feeds alone; a flaw where it is not TOML."""
    document = parse(text)
    if isinstance(document, Flaw):
        return document
    table = Table(document, (), [])
    try:
        configuration = build(table, means)
    except Enough:
        configuration = None
    return Examined(document, table.asked, tuple(_told(table.troubles)), configuration)


def _of_flaw(text: str, flaw: Flaw, language: str) -> Message:
    shown = excerpt(text, secrets_near(text, flaw.span.start), flaw.span)
    return worded(flaw.code, flaw.words, language, shown)


def _script(text: str, document: dict[str, Any], means: Means) -> _Script:
    spots = spots_of(text)
    return _Script(text, spots, secrets_of(document, text, spots, plain_keys(means.networks)))


def _told(troubles: Sequence[Trouble]) -> list[Trouble]:
    """Every error, and as many warnings as there may be errors."""
    found = list(_merged(troubles))
    warnings = [trouble for trouble in found if is_warning(trouble.code)]
    return [trouble for trouble in found if not is_warning(trouble.code)] + warnings[:MOST]


def _merged(troubles: Sequence[Trouble]) -> Iterable[Trouble]:
    """One warning for one cause, at the first place that was reported; every error, wherever it is, once."""
    seen: dict[object, Trouble] = {}
    for trouble in troubles:
        cause = (trouble.code, *trouble.words.values())
        seen.setdefault(cause if is_warning(trouble.code) else (cause, trouble.path, trouble.inside), trouble)
    return seen.values()


def _place(message: Message) -> tuple[int, int, str]:
    return message.line, message.column, message.code


def _of_trouble(script: _Script, trouble: Trouble, language: str) -> Message:
    return worded(trouble.code, trouble.words, language, excerpt(script.text, script.hidden, _focus(script, trouble)))


def _focus(script: _Script, trouble: Trouble) -> Span:
    """The stretch that a trouble is about; the nearest table that the file writes, for what it does not write."""
    path = trouble.path
    while path and path not in script.spots:
        path = path[:-1]
    spot = script.spots.get(path)
    if spot is None:
        return Span(0, 0)
    if trouble.at_key or path != trouble.path:
        return spot.key
    if trouble.inside is None:
        return spot.value
    places = offsets(script.text[spot.value.start : spot.value.end])
    start, end = (places[min(place, len(places) - 1)] for place in trouble.inside)
    return Span(spot.value.start + start, spot.value.start + end)
