"""The directory as pages show it: every body with its handles, whose word each is, and how it was verified."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost
from relay.core.directory.forms import FORMS
from relay.core.directory.handles import Body, Verified, bodies_of
from relay.core.directory.overlay import NONE, lay
from relay.core.language.stems import fold
from relay.core.post import Post
from relay.pipeline.desk import Desk
from relay.storage import bodies
from relay.storage.bodies import Named

Origin = Literal["shipped", "configuration", "editor"]

_LABELS = {"email": "E-mail", "linkedin": "LinkedIn", "wordpress": "WordPress"}


@dataclass(frozen=True, slots=True)
class Line:
    """A handle on a network, and whose word it is; ``beneath`` is what the configuration says where an editor differs.

    ``handle`` is empty where an editor took it away.
    """

    network: str
    handle: str
    origin: Origin
    verified: Verified | None
    beneath: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A body as it is now; ``named`` is what editors say of it. Without ``is_known`` only they know it."""

    body: Body
    lines: tuple[Line, ...]
    origin: Origin
    named: Named | None
    is_known: bool


def cards(tx: Connection, desk: Desk) -> list[Card]:
    """Everybody, by plain name."""
    named = bodies.every(tx)
    found = (_card(desk, id, named.get(id)) for id in {*desk.directory.bodies, *named})
    return sorted(found, key=lambda card: (fold(card.body.name), card.body.id))


def card(tx: Connection, desk: Desk, body_id: str) -> Card | None:
    """One body, if the directory has it."""
    named = bodies.every(tx).get(body_id)
    return _card(desk, body_id, named) if named or body_id in desk.directory.bodies else None


def matching(found: Iterable[Card], wanted: str) -> list[Card]:
    """Those whose names, acronyms or handles hold what is looked for, whatever its accents and capitals."""
    asked = fold(wanted).split()
    return [card for card in found if all(word in _words(card) for word in asked)]


def offered(desk: Desk, found: Iterable[Card] = ()) -> Sequence[str]:
    """The networks on which a handle can be given: those of the accounts first."""
    own = [desk.networks[account.network].directory_name(account) for account in desk.accounts.values()]
    others = {*FORMS, "linkedin", *(line.network for card in found for line in card.lines)}
    return tuple(dict.fromkeys((*own, *sorted(others))))


def nameless(post: Post, crosspost: Crosspost, desk: Desk) -> tuple[str, tuple[Body, ...]]:
    """The network of a cross-post, and the bodies that its post mentions and that lack a handle there.

    Nobody lacks one on a network that mentions nobody.
    """
    account = desk.accounts.get(crosspost.account)
    if account is None:
        return "", ()
    own, known = desk.networks[account.network], desk.directory.bodies
    network = own.directory_name(account)
    if not own.SETTINGS.mentions:
        return network, ()
    named = (known[id] for id in bodies_of(post, desk.directory) if id in known)
    return network, tuple(body for body in named if network not in body.handles)


def label(network: str) -> str:
    """A network as its own people write it."""
    return _LABELS.get(network, network.capitalize())


def _card(desk: Desk, id: str, named: Named | None) -> Card:
    known = desk.directory.bodies.get(id)
    own = named.body if named else None
    body = lay(own, known) if own else desk.directory.bodies[id]
    beneath: Origin = "shipped" if id in desk.directory.shipped else "configuration"
    networks = sorted({*body.handles, *(own.handles if own else ())})
    lines = tuple(_line(network, body, own, known, beneath) for network in networks)
    return Card(body, lines, beneath if known else "editor", named, is_known=known is not None)


def _line(network: str, body: Body, own: Body | None, known: Body | None, beneath: Origin) -> Line:
    handle, check = body.handles.get(network, NONE), body.verified.get(network)
    if own is None or network not in own.handles:
        return Line(network, handle, beneath, check)
    said: Mapping[str, str] = known.handles if known else {}
    return Line(network, handle, "editor", check, said.get(network, ""))


def _words(card: Card) -> str:
    body = card.body
    former = (one.name for one in body.former)
    return fold(" ".join((body.id, body.name, *body.names, *body.acronyms, *former, *body.handles.values())))
