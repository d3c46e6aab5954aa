"""Messages leave, are looked for where they may have arrived, and are set right: a row before each step."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import httpx

from relay.core.account import Account
from relay.core.crosspost import Draft, Request
from relay.core.outcome import AuthLost, CannotTell, Finding, NotThere, Outcome, Refused, Retry, Unsure
from relay.core.telling.message import Message, Stage, claimed, corrected, found, is_doubtful, settled
from relay.networks.email.own import Written, post
from relay.networks.network import Network
from relay.pipeline.accounts import connected
from relay.pipeline.desk import Desk
from relay.pipeline.telling.wishes import Wishes
from relay.pipeline.telling.writing import written
from relay.storage import messages
from relay.storage.database import Database

log = logging.getLogger("relay")

MARGIN = timedelta(minutes=5)
"""Clocks of networks differ from ours."""
AT_ONCE = 8
"""Readers who are told side by side: one whose server hangs holds up nobody else."""


@dataclass(frozen=True, slots=True)
class Round:
    """One pass: the database, the way out, the desk of now, who listens, the time."""

    db: Database
    http: httpx.Client
    desk: Desk
    wishes: Wishes
    clock: Callable[[], datetime]

    def room(self, message: Message) -> tuple[Network, Account] | Retry:
        """Where a room's message goes, or why it cannot go now."""
        id = message.reader.name
        if why := self.desk.unusable(id):
            return Retry(why, timedelta(minutes=10))
        account = self.desk.accounts[id]
        return self.desk.networks[account.network], account

    def store(self, old: Message, new: Message) -> Message | None:
        """The next step, if this attempt still is the one that counts."""
        with self.db.write() as tx:
            return new if messages.replace(tx, old, new) else None


def send(db: Database, http: httpx.Client, desk: Desk, wishes: Wishes, clock: Callable[[], datetime]) -> list[Message]:
    """One pass over what is due, the messages of one reader in order; where they stand then."""
    with db.read() as tx:
        due, now_has = messages.due(tx, clock()), connected.current(tx, desk)
    by_reader: dict[object, list[Message]] = {}
    for message in due:
        by_reader.setdefault((message.reader.is_room, message.reader.name), []).append(message)
    this = Round(db, http, now_has, wishes, clock)
    with ThreadPoolExecutor(min(max(len(by_reader), 1), AT_ONCE)) as pool:
        return [one for done in pool.map(lambda own: _each(this, own), by_reader.values()) for one in done]


def _each(this: Round, own: Sequence[Message]) -> list[Message]:
    """An attempt that breaks off stops no other: its row says how far it came."""
    done = []
    for message in own:
        try:
            done.append(_attempt(this, message))
        except Exception:
            log.exception("the message %d to %s broke off", message.id, message.reader.name)
    return [one for one in done if one]


def _attempt(this: Round, due: Message) -> Message | None:
    mine = this.store(due, claimed(due, this.clock()))
    if mine is None:
        return None
    if is_doubtful(due):
        return this.store(mine, found(mine, _looked_for(this, mine), this.clock()))
    with this.db.read() as tx:
        words, line = written(tx, this.desk, this.wishes, mine, this.clock())
    match words:
        case None:
            return this.store(mine, replace(mine, stage=Stage.OVER, lease_until=None, done_at=this.clock()))
        case Written():
            return _settle(this, mine, line, _posted(this, words))
        case Draft():
            return _told(this, mine, words, line)


def _posted(this: Round, words: Written) -> Outcome:
    if this.wishes.mail is None:
        return Retry("There is no [mail] in the configuration any more.", timedelta(hours=1))
    return post(this.wishes.mail, words)


def _told(this: Round, mine: Message, words: Draft, line: int) -> Message | None:
    """A room: the request is frozen before it leaves, so that whoever comes after knows that it may have left."""
    where = this.room(mine)
    if isinstance(where, Retry):
        return _settle(this, mine, line, where)
    if mine.stage is Stage.STALE:
        return _set_right(this, mine, where, words, line)
    request = mine.request or _prepared(this, mine, where, words)
    if not isinstance(request, Request):
        return _settle(this, mine, line, request)
    frozen = this.store(mine, replace(mine, request=request, line=mine.line if mine.request else line))
    if frozen is None:
        return None
    network, account = where
    return _settle(this, frozen, frozen.line, _asked(lambda: network.publish(this.http, account, request)))


def _set_right(this: Round, mine: Message, where: tuple[Network, Account], words: Draft, line: int) -> Message | None:
    """What has changed since is said in the same message, where its network can change one."""
    network, account = where
    edit, before, sent = network.abilities(account).edit, mine.request, mine.sent
    if edit is None or before is None or sent is None:
        return this.store(mine, replace(mine, stage=Stage.SENT, line=line, lease_until=None, not_before=None))
    after = _prepared(this, mine, where, words)
    if not isinstance(after, Request):
        return this.store(mine, replace(corrected(mine, before, after, this.clock()), line=line))
    if after == before:
        return this.store(mine, replace(corrected(mine, before, sent, this.clock()), line=line))
    outcome = _asked(lambda: edit(this.http, account, sent, before, after))
    with this.db.write() as tx:
        new = replace(corrected(mine, after, outcome, this.clock()), line=line)
        return new if messages.replace(tx, mine, _true(new, messages.is_outdated(tx, new))) else None


def _settle(this: Round, mine: Message, line: int, outcome: Outcome) -> Message | None:
    """What happened while it was on its way is set right next."""
    new = replace(settled(mine, outcome, this.clock()), line=line)
    if new.stage is Stage.FAILED:
        log.warning("%s could not be told by [notify.%s]: %s", new.reader.name, new.reader.listener, new.note)
    with this.db.write() as tx:
        outdated = new.reader.is_room and messages.is_outdated(tx, new)
        return new if messages.replace(tx, mine, _true(new, outdated)) else None


def _true(message: Message, outdated: bool) -> Message:  # noqa: FBT001
    if message.stage is not Stage.SENT or not outdated:
        return message
    return replace(message, stage=Stage.STALE, not_before=message.done_at)


def _prepared(
    this: Round, mine: Message, where: tuple[Network, Account], words: Draft
) -> Request | Retry | Refused | AuthLost | Unsure:
    network, account = where
    try:
        return network.prepare(this.http, account, words, mine.keys)
    except Exception as error:
        log.exception("a message could not be prepared for %(account)s", {"account": account.id})
        return Refused(f"It could not be prepared ({type(error).__name__}: {error}).")


def _asked(call: Callable[[], Outcome]) -> Outcome:
    try:
        return call()
    except Exception as error:  # noqa: BLE001  # whatever went wrong, it may have left
        return Unsure(f"{type(error).__name__}: {error}")


def _looked_for(this: Round, mine: Message) -> Finding:
    where = this.room(mine)
    if mine.request is None:
        return NotThere()
    if isinstance(where, Retry):
        return CannotTell(where.why)
    network, account = where
    try:
        return network.find(this.http, account, mine.request, mine.made_at - MARGIN)
    except Exception as error:
        log.exception("a message could not be looked for at %(account)s", {"account": account.id})
        return CannotTell(f"It could not be looked for ({type(error).__name__}: {error}).")
