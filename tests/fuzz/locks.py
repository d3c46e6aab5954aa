"""Everything that is opened by what only one party can have written: what opens it, and whether a text does."""

from collections.abc import Iterator
from contextlib import suppress

from relay.core.crosspost import Keys
from relay.core.people import Role
from relay.core.programs.token import Scope, is_written_right
from relay.intake.websub import METHODS, is_signed
from relay.networks.wire import standard
from relay.pipeline.telling import linking
from relay.pipeline.telling.linking import Closed
from relay.storage import keys, people, sessions, tokens
from relay.storage.sealing import Keyring
from tests.edges.newsroom import Newsroom
from tests.edges.programs import token
from tests.fakes import receiver
from tests.fakes.hub import signature
from tests.fakes.wire import Call
from tests.fuzz import proofs
from tests.fuzz.lock import Lock

BODY = "<feed>é</feed>".encode()


def locks(room: Newsroom) -> Iterator[Lock]:
    """All of them, in a newsroom that has a name."""
    for method in sorted(METHODS):
        yield Lock(f"a hub's push, {method}", signature("the secret", BODY, method), _pushed)
    yield from (
        _webhook(),
        _letter(room),
        _way_in(room),
        _session(room),
        _program(room),
        proofs.provider(),
        proofs.passkey(room),
    )


def _pushed(text: str) -> bool:
    return is_signed("the secret", BODY, text)


def _webhook() -> Lock:
    """As a receiver tells it by the standard: the signature, with the time that it is for."""
    far, body = receiver.Receiver(now=1_800_000_000), '{"type": "post.published"}'
    moment = str(int(far.now))

    def opens(text: str) -> bool:
        at, _, signed = text.partition(" ")
        headers = {"webhook-id": "msg_1", "webhook-timestamp": at, "webhook-signature": signed}
        with suppress(ValueError, TypeError):
            return far._is_signed(Call("POST", "/", headers, body.encode()))
        return False

    return Lock("a webhook of relay's", f"{moment} {standard.signature(receiver.KEY, 'msg_1', moment, body)}", opens)


def _letter(room: Newsroom) -> Lock:
    """A link in a letter, by which a member judges."""
    office, now = room.office, room.clock()
    ring = keys.sealing(office.desk.keyplace)
    assert isinstance(ring, Keyring)
    with office.db.write() as tx:
        people.add(tx, "camille", Role.EDITOR, now, (), "camille@exemple.fr")
        editor = people.get(tx, "camille")
    assert editor
    made = linking.offer(office.desk, ring, editor, room.crosspost(1), Keys(now, 7), now)

    def opens(text: str) -> bool:
        with office.db.read() as tx:
            return not isinstance(linking.opened(tx, ring, text, now), Closed)

    return Lock("a link in a letter", made.links[0][1].rpartition("/")[2], opens)


def _way_in(room: Newsroom) -> Lock:
    """A sign-in address. Asking whether it opens uses it up, so that each time is taken back."""
    good = room.link("camille").removeprefix("/c/")

    def opens(text: str) -> bool:
        with suppress(_Undone), room.office.db.write() as tx:
            raise _Undone(people.use_link(tx, text, room.clock()) is not None)
        return _Undone.last

    return Lock("a sign-in address", good, opens)


class _Undone(Exception):  # nothing is wrong
    """Takes a transaction back, and remembers what was found in it."""

    last = False

    def __init__(self, found: bool) -> None:  # noqa: FBT001
        super().__init__()
        _Undone.last = found


def _session(room: Newsroom) -> Lock:
    with room.office.db.write() as tx:
        people.add(tx, "dora", Role.DIRECTOR, room.clock())
        sessions.add(tx, "a-session-of-dora-s", "dora", room.clock())

    def opens(text: str) -> bool:
        with room.office.db.read() as tx:
            return sessions.editor(tx, text, room.clock())[0] is not None

    return Lock("a session", "a-session-of-dora-s", opens)


def _program(room: Newsroom) -> Lock:
    good = token(room, Scope.READ)

    def opens(text: str) -> bool:
        with room.office.db.read() as tx:
            return is_written_right(text) and tokens.bearer(tx, text, room.clock()) is not None

    return Lock("a program's token", good, opens)
