"""A test message to everybody whom a listener names, at once, and what came of each."""

from dataclasses import dataclass

import httpx

from relay.core.crosspost import Draft, Request
from relay.core.outcome import Outcome, Sent
from relay.core.telling.listener import Listener
from relay.networks.email.own import Written, post
from relay.pipeline.accounts import connected
from relay.pipeline.desk import Desk
from relay.pipeline.telling.wishes import Wishes
from relay.pipeline.telling.wording import word
from relay.storage.database import Database

_NO_MAIL = "There is no [mail] in the configuration: letters cannot be sent."


@dataclass(frozen=True, slots=True)
class Tried:
    """One reader; ``why`` it did not arrive, empty where it did."""

    reader: str
    why: str = ""

    @property
    def is_sent(self) -> bool:
        """Whether the far end has taken it."""
        return not self.why


def try_out(db: Database, http: httpx.Client, desk: Desk, wishes: Wishes, listener: Listener) -> tuple[Tried, ...]:
    """One after the other; nothing of it is kept."""
    with db.read() as tx:
        today = connected.current(tx, desk)
    text = word("test", listener.language, listener=listener.id)
    letters = tuple(_mailed(wishes, one, text, listener.language) for one in listener.mails)
    return (*letters, *(_told(http, today, wishes, one, Draft(text, listener.language, "")) for one in listener.rooms))


def _mailed(wishes: Wishes, to: str, text: str, language: str) -> Tried:
    if wishes.mail is None:
        return Tried(to, _NO_MAIL)
    return _of(to, post(wishes.mail, Written(to, text, f"{text}\n", language, wishes.mint())))


def _told(http: httpx.Client, desk: Desk, wishes: Wishes, room: str, words: Draft) -> Tried:
    if why := desk.unusable(room):
        return Tried(room, why)
    account = desk.accounts[room]
    network = desk.networks[account.network]
    request = network.prepare(http, account, words, wishes.mint())
    return _of(room, network.publish(http, account, request) if isinstance(request, Request) else request)


def _of(reader: str, outcome: Outcome) -> Tried:
    return Tried(reader) if isinstance(outcome, Sent) else Tried(reader, outcome.why or "it may have arrived: look.")
