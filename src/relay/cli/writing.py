"""New sources in the configuration file: comments, order and whatever else there is stay as they are."""

import os
import shutil
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import tomlkit
from tomlkit.items import Array, InlineTable, Table

from relay.cli.ending import Ending
from relay.config.configuration import Loaded
from relay.config.load import load
from relay.config.messages import report
from relay.core.document import ParsedEntry
from relay.core.normalise import slug
from relay.core.source import Selectors
from relay.wiring import network_keys


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source as it is written: what is not here has its default."""

    id: str
    url: str
    title: str
    select: Selectors | None = None
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    every: str | None = None
    fulltext: bool = False


def free_name(title: str | None, taken: Collection[str]) -> str:
    """A name for a source, made of its title."""
    name = slug(ParsedEntry(id=None, url=None, title=title or "source"))[:40].strip("-")
    others = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return next(free for free in (name, *others) if free not in taken)


def write(file: Path, new: Sequence[NewSource], remark: str = "") -> Loaded:
    """Add them all, unless the file would no longer be good; the old one stays until the new one is whole."""
    try:
        after = drafted(file.read_text(encoding="utf-8"), new, remark)
        draft = file.with_suffix(".new")
        draft.write_text(after, encoding="utf-8")
        loaded = load(draft, os.environ, network_keys())
        if loaded.configuration is None:
            draft.unlink()
            raise Ending(report(loaded), 78)
        shutil.copymode(file, draft)
        draft.replace(file)
    except OSError as error:
        raise Ending(f"{error.filename}: {error.strerror}") from error
    return load(file, os.environ, network_keys())


def drafted(text: str, new: Sequence[NewSource], remark: str = "") -> str:
    """The file as it would be; ``remark`` are lines of comment for its end, unless it has them already."""
    written = _with_sources(text, new) if new else text
    return written if not remark or remark in written else f"{written.rstrip()}\n\n{remark}\n"


def _with_sources(text: str, new: Iterable[NewSource]) -> str:
    document = tomlkit.parse(text)
    sources = document.setdefault("sources", tomlkit.table(is_super_table=True))
    if not isinstance(sources, Table):
        raise Ending("`sources` is not written as tables; add the source by hand")
    for one in new:
        sources.add(one.id, _table(one))
    return tomlkit.dumps(document)


def _table(new: NewSource) -> Table:
    table = tomlkit.table()
    table.add("url", new.url)
    table.add("attribution", f"Source : {new.title}")
    if new.select:
        table.add("select", _selectors(new.select))
    if new.every:
        table.add("every", new.every)
    for key, rules in (("keep", new.keep), ("drop", new.drop)):
        if rules:
            table.add(key, _rules(rules))
    if new.fulltext:
        table.add("fulltext", value=True)
    table.add(tomlkit.nl())
    return table


def _rules(rules: Sequence[str]) -> Array:
    """Each between the signs that leave it as it is, where there are any; several a line each."""
    written = tomlkit.array()
    for rule in rules:
        is_plain = "'" not in rule and rule.isprintable()
        written.append(tomlkit.string(rule, literal=is_plain))
    return written.multiline(len(rules) > 1)


def _selectors(select: Selectors) -> InlineTable:
    """``entry``, and whatever is not as usual."""
    usual, written = asdict(Selectors("")), tomlkit.inline_table()
    written.update({name: text for name, text in asdict(select).items() if text != usual[name]})
    return written
