"""What editors name lies over the directory of the configuration, network by network."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from relay.core.directory.handles import Body, Directory, Verified
from relay.core.directory.naming import conflicts
from relay.core.language.words import folded

NONE = ""
"""The handle that an editor gives to a body which has none on a network, whatever the configuration says."""
_LONGEST = 60


def over(directory: Directory, named: Iterable[Body]) -> Directory:
    """The directory with what editors have ``named`` over it; bodies that it does not know stand beside the others."""
    laid = {body.id: lay(body, directory.bodies.get(body.id)) for body in named}
    return replace(directory, bodies={**directory.bodies, **laid}) if laid else directory


def lay(named: Body, known: Body | None) -> Body:
    """One body: its names are those of the configuration where that knows it, handles the editors' before its own."""
    beneath = known or replace(named, handles={}, verified={})
    handles = {**beneath.handles, **named.handles}
    checks = {network: (named if network in named.handles else beneath).verified.get(network) for network in handles}
    return replace(
        beneath,
        handles={network: handle for network, handle in handles.items() if handle != NONE},
        verified={network: check for network, check in checks.items() if check and handles[network] != NONE},
        names=tuple(dict.fromkeys((*beneath.names, *named.names))),
        acronyms=tuple(dict.fromkeys((*beneath.acronyms, *named.acronyms))),
        site=beneath.site or named.site,
    )


def with_handle(old: Body, known: Body | None, network: str, handle: str, check: Verified | None) -> Body:
    """``old``, what editors have named, once this handle is set, ``NONE`` to have none; ``known`` lies beneath.

    One that is set again as it was keeps its check, and one that the configuration says too is the configuration's.
    """
    checked = check or (old.verified.get(network) if old.handles.get(network) == handle else None)
    is_beneath = handle == (known.handles.get(network, NONE) if known else NONE) and checked is None
    handles = {name: one for name, one in old.handles.items() if name != network}
    verified = {name: one for name, one in old.verified.items() if name != network}
    if not is_beneath:
        handles[network] = handle
    if checked and handle != NONE:
        verified[network] = checked
    return replace(old, handles=handles, verified=verified)


def blank(known: Body) -> Body:
    """What lies over a body of which editors have said nothing."""
    return Body(known.id, known.name, kind=known.kind)


def named_alike(body: Body, directory: Directory) -> Iterator[tuple[str, str]]:
    """The names of ``body`` that another body has, each with the plain name of that one: none would be found by it."""
    others = {id: other for id, other in directory.bodies.items() if id != body.id}
    shared = conflicts(name for one in (body, *others.values()) for name in one.known_as())
    own = {folded(name.text): name.text for name in body.known_as()}
    for form, owners in shared.items():
        if folded(form) in own and body.id in owners:
            other = next(owner for owner in owners if owner != body.id)
            yield own[folded(form)], others[other].name


def identifier(name: str, taken: Collection[str]) -> str:
    """A free identifier for a body of this name, such as ``agence-de-l-eau``."""
    words = ("".join(sign for sign in word if sign.isascii() and sign.isalnum()) for word in folded(name))
    stem = "-".join(filter(None, words))[:_LONGEST].strip("-") or "body"
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(id for id in (stem, *numbered) if id not in taken)
