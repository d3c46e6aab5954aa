"""The directories of bodies that come with relay, and how the operator's own entries go before theirs."""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from relay.config.sections.handles import body
from relay.config.table import Table
from relay.core.directory.handles import Body
from relay.core.language.stems import fold

_FOLDER = Path(__file__).with_name("directory")

DIRECTORIES = tuple(sorted(file.stem for file in _FOLDER.glob("*.toml")))
"""What ``directory = […]`` may name."""


@lru_cache(maxsize=4)
def shipped(name: str, networks: tuple[str, ...]) -> Mapping[str, Body]:
    """The bodies of one directory. They are ours: a mistake in them is a bug."""
    values = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    document = Table(values, (), [])
    bodies = {key: body(key, table, networks) for key, table in document.tables()}
    assert not document.troubles, document.troubles
    return bodies


def together(own: Mapping[str, Body], *directories: Mapping[str, Body]) -> dict[str, Body]:
    """All bodies: an own one replaces that of the same name in a directory, and takes its names from the others."""
    taken = {fold(name.text) for one in own.values() for name in one.known_as()}
    found = {key: _beside(one, own, taken) for bodies in directories for key, one in bodies.items()}
    return {**{key: one for key, one in found.items() if one}, **{key: _named(own[key], found.get(key)) for key in own}}


def _named(own: Body, known: Body | None) -> Body:
    """With the names that the directory knows beside; handles are the operator's alone."""
    if known is None:
        return own
    return replace(
        own,
        names=own.names or (known.name, *known.names),
        acronyms=own.acronyms or known.acronyms,
        former=own.former or known.former,
        site=own.site or known.site,
    )


def _beside(known: Body, own: Collection[str], taken: Collection[str]) -> Body | None:
    """Without what is the operator's; none where its very name is."""
    if known.id not in own and fold(known.name) in taken:
        return None
    return replace(
        known,
        names=tuple(_free(known.names, taken)),
        acronyms=tuple(_free(known.acronyms, taken)),
        former=tuple(one for one in known.former if fold(one.name) not in taken),
    )


def _free(names: Collection[str], taken: Collection[str]) -> Iterator[str]:
    return (name for name in names if fold(name) not in taken)
