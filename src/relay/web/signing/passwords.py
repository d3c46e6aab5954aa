"""Passwords, where the configuration allows them: whoever errs waits, at their own place only."""

from dataclasses import dataclass
from enum import Enum, auto
from threading import BoundedSemaphore

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from relay.core.people import Editor
from relay.core.signing import passwords, waiting
from relay.core.signing.wrong import Wrong
from relay.storage import hashing, people, throttling
from relay.web.auth import client_network
from relay.web.office import Office
from relay.web.review import read_form
from relay.web.signing.entering import entered, refused

_LINE = BoundedSemaphore(8)
"""Tries that stand in line to be looked into; who comes then is told to wait, and pages keep their threads."""


def enter(request: Request) -> Response:
    """A session for whoever knows the password; what is unknown and what is wrong look the same."""
    office: Office = request.app.state.office
    if not office.sign_in.passwords:
        raise HTTPException(404)
    form = read_form(request)
    name = form.get("name", "").strip()[: passwords.LONGEST]
    found = verified(office, name, form.get("password", ""), client_network(request))
    return refused(request, found, name) if isinstance(found, Wrong) else entered(request, found, "password")


def verified(office: Office, name: str, password: str, network: str) -> Editor | Wrong:
    """The member of this name, or with this e-mail address, if it is their password; ``network`` is who tries."""
    if not _LINE.acquire(blocking=False):
        return Wrong.WAIT
    try:
        return _verified(office, name, password, network)
    finally:
        _LINE.release()


def _verified(office: Office, name: str, password: str, network: str) -> Editor | Wrong:
    with office.db.read() as tx:
        member = people.enabled(tx, name) or people.by_email(tx, name)
        stored = people.password(tx, member.name) if member else ""
    pairs = Pairs(
        ("password", name.casefold(), network), ("member", (member.name if member else name).casefold(), network)
    )
    turn = _turn(office, pairs)
    if turn is Turn.LATER:
        return Wrong.WAIT
    typed = passwords.written(password)
    # What cannot count takes as long as any: else it would tell members from others.
    kept = stored if len(typed) <= passwords.LONGEST and turn is Turn.NOW else ""
    if hashing.matches(kept, typed[: passwords.LONGEST]) and member:
        _keep(office, member, stored, typed, pairs)
        return member
    return Wrong.CREDENTIALS


@dataclass(frozen=True, slots=True)
class Pairs:
    """What errors are counted under: a name ``as_typed``, of which the page may speak, and ``whose`` it is.

    A member has two names. A wait for one that comes of errors under the other would say that they are one person's.
    """

    as_typed: tuple[str, ...]
    whose: tuple[str, ...]


class Turn(Enum):
    """Whether a try is made, is made and counts for nothing whatever it says, or is not made yet."""

    NOW = auto()
    IN_VAIN = auto()
    LATER = auto()


def _turn(office: Office, pairs: Pairs) -> Turn:
    """Each try counts as an error before it is made: many at once gain nothing."""
    now = office.clock()
    with office.db.write() as tx:
        typed, member = throttling.get(tx, *pairs.as_typed), throttling.get(tx, *pairs.whose)
        if waiting.wait(typed, now):
            return Turn.LATER
        throttling.put(tx, waiting.failed(typed, now), *pairs.as_typed)
        if waiting.is_spent(member, now):
            return Turn.IN_VAIN
        throttling.put(tx, waiting.failed(member, now), *pairs.whose)
    return Turn.NOW


def _keep(office: Office, member: Editor, stored: str, typed: str, pairs: Pairs) -> None:
    """Nothing was wrong; a password that was kept at lesser costs is kept at today's."""
    with office.db.write() as tx:
        throttling.forget(tx, *pairs.as_typed)
        throttling.forget(tx, *pairs.whose)
        if hashing.is_outdated(stored):
            people.set_password(tx, member.name, hashing.kept(typed))
