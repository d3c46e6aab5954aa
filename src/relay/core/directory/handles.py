"""Who is who on each network. A handle means nothing outside its own network."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

import regex

from relay.core.directory.naming import Found, Name, Node, find, tree
from relay.core.language.text import spans
from relay.core.post import Post

Kind = Literal["body", "person"]
How = Literal["webfinger", "did", "page", "by hand"]

_HANDLE = regex.compile(r"(?<![\p{L}\p{N}_/=])[@＠]++((?:\w[\w.-]*)?\w(?:@[\w-]+(?:\.[\w-]+)+)?)")
"""What any network may take for a mention: Mastodon also behind a dot or another "@", X also behind a wide one."""


@dataclass(frozen=True, slots=True)
class Verified:
    """How and when somebody made sure that a handle is the body's own; ``by`` is the editor who did, where one did."""

    how: How
    on: date
    by: str = ""


@dataclass(frozen=True, slots=True)
class Former:
    """A name that a body had until a day; a text that says it means who came after."""

    name: str
    until: date


@dataclass(frozen=True, slots=True)
class Body:
    """An institution or person: the plain name, and the handle on each network where it has one.

    ``names`` are other ways to write it, ``acronyms`` those that count in capitals only; ``verified`` is by network.
    """

    id: str
    name: str
    handles: Mapping[str, str] = field(default_factory=dict)
    kind: Kind = "body"
    names: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    former: tuple[Former, ...] = ()
    verified: Mapping[str, Verified] = field(default_factory=dict)
    site: str | None = None

    def known_as(self) -> Iterator[Name]:
        """Every way in which a text may name it. A plain name in capitals without a space is an acronym."""
        shouted = self.name.isupper() and " " not in self.name
        yield Name(self.name, self.id, "acronym" if shouted else "name")
        yield from (Name(name, self.id) for name in self.names)
        yield from (Name(name, self.id, "acronym") for name in self.acronyms)
        yield from (Name(one.name, self.id, "former") for one in self.former)


@dataclass(frozen=True, slots=True)
class Mentioning:
    """``[mentions]``: whether bodies named in headline and lead are mentioned too, and how many in one text at most.

    What the source itself mentions always is, even where it is more.
    """

    find: bool = True
    max: int = 3
    max_on: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Directory:
    """Every body the configuration knows, by identifier."""

    bodies: Mapping[str, Body] = field(default_factory=dict)
    mentioning: Mentioning = Mentioning()
    shipped: frozenset[str] = frozenset()
    """Those that relay itself brings, and of which the configuration says nothing."""
    names: Node = field(init=False, repr=False, compare=False)
    """Every name, ready to be looked for; made once, in some 50 ms for 2,000 names."""

    def __post_init__(self) -> None:
        names = tuple(name for body in self.bodies.values() for name in body.known_as())
        object.__setattr__(self, "names", _tree(names))

    def handle(self, body_id: str, network: str) -> str | None:
        """The handle ("@CGET_gouv") of a body on a network, ``None`` where it has none."""
        body = self.bodies.get(body_id)
        return body.handles.get(network) if body else None

    def mention(self, body_id: str, network: str) -> str:
        """The handle where there is one, else the plain name: never somebody else's "@…"."""
        body = self.bodies.get(body_id)
        return self.handle(body_id, network) or (body.name if body else body_id)

    def owner(self, handle: str, network: str) -> str | None:
        """The body that has this handle on ``network``, or else on any other, if it is one alone."""
        wanted = handle.lower()
        here = [body.id for body in self.bodies.values() if body.handles.get(network, "").lower() == wanted]
        held = here or [body.id for body in self.bodies.values() if wanted in map(str.lower, body.handles.values())]
        return held[0] if len(held) == 1 else None


@lru_cache(maxsize=4)
def _tree(names: tuple[Name, ...]) -> Node:
    """Made once for as long as nobody is named anew: handles change without it."""
    return tree(names)


def found_in(text: str, directory: Directory) -> tuple[Found, ...]:
    """The bodies that ``text`` names, in its order, and where."""
    return find(text, directory.names)


def bodies_of(post: Post, directory: Directory) -> tuple[str, ...]:
    """Whom a post mentions: those of its source, then those that headline and lead name."""
    if not directory.mentioning.find:
        return post.handles
    text = f"{post.headline}\n{post.lead}"
    return tuple(dict.fromkeys((*post.handles, *(found.body for found in found_in(text, directory)))))


def mentions(post: Post, bodies: Sequence[str], network: str, directory: Directory) -> tuple[str, ...]:
    """The mentions of ``bodies`` on a network: those of the source by handle or plain name, others by handle alone.

    A body that the text names and that has no handle there already stands in it by its name.
    """
    own = dict.fromkeys(directory.mention(body, network) for body in post.handles)
    found = handles(bodies, post.handles, network, directory)
    most = max(_most(network, directory), len(own))
    return tuple(dict.fromkeys((*own, *found)))[:most]


def handles(bodies: Sequence[str], own: Collection[str], network: str, directory: Directory) -> tuple[str, ...]:
    """The handles that ``bodies`` have on a network: all of the source's ``own``, then as many as there may be."""
    found = {body: handle for body in bodies if (handle := directory.handle(body, network))}
    most = max(_most(network, directory), len(found.keys() & set(own)))
    return tuple(dict.fromkeys(found.values()))[:most]


def _most(network: str, directory: Directory) -> int:
    return directory.mentioning.max_on.get(network, directory.mentioning.max)


def at_home(text: str, network: str, directory: Directory) -> str:
    """``text`` without handles of elsewhere: a source's "@CGET_gouv" would be a stranger of that name.

    The handle of a body becomes its handle on ``network``, or its name; any other only loses its "@".
    """
    if "@" not in text and "＠" not in text:
        return text
    parts, end = [], 0
    for link in (span for span in spans(text) if span.kind == "link"):
        parts += [_without_strangers(text[end : link.start], network, directory), link.text]
        end = link.end
    return "".join([*parts, _without_strangers(text[end:], network, directory)])


def _without_strangers(text: str, network: str, directory: Directory) -> str:
    def known(match: regex.Match[str]) -> str:
        body = directory.owner(f"@{match[1]}", network)
        return directory.mention(body, network) if body else match[1]

    return _HANDLE.sub(known, text)
