"""What a person can do for a source: ask it now, or whole; say where it is asked. Looking for it is ``seeking``."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from relay.core.people import Editor, Role, may_approve
from relay.core.polling import moves
from relay.core.polling.pollstate import Place, PollState
from relay.core.question import Kind
from relay.core.review.moving import Refusal
from relay.core.source import Source, Validators
from relay.pipeline.care import seeking
from relay.pipeline.care.answer import Said, answer
from relay.pipeline.desk import Desk
from relay.pipeline.poll import poll_due
from relay.pipeline.polling import turns
from relay.pipeline.polling.asking import Polled, ask
from relay.pipeline.polling.turns import Asking, Member
from relay.pipeline.reading.reader import Reader
from relay.storage import quarantine, questions, sketches, sources
from relay.storage.database import Database


class Remedy(StrEnum):
    """Each a button of the page; the name stands in its address."""

    ASK = "ask"
    WHOLE = "whole"
    LOOK = "look"
    USE = "use"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants what for which source, by which means; ``url`` is the address to ``USE``."""

    source_id: str
    remedy: Remedy
    editor: Editor
    means: str
    url: str = ""


_ASKING = frozenset({Role.EDITOR, Role.DIRECTOR, Role.ADMIN})
"""Whoever answers for the words, or for the service, may have a source asked."""


def may(role: Role, remedy: Remedy) -> bool:
    """Where a source is asked decides what is proposed to editors: it is theirs to say, as with questions."""
    return may_approve(role, Role.EDITOR) if remedy in {Remedy.USE, Remedy.BACK} else role in _ASKING


def check(wish: Wish) -> None:
    """A refusal for whoever may not."""
    if wish.editor.disabled or not may(wish.editor.role, wish.remedy):
        what = "say where sources are asked" if wish.remedy in {Remedy.USE, Remedy.BACK} else "have sources asked"
        raise Refusal(f"{wish.editor.name} ({wish.editor.role}) may not {what}.")


def ask_now(db: Database, reader: Reader, desk: Desk, source_id: str, now: datetime) -> Polled:
    """Due or not, still conditional; a source whose host is left alone is put off once more."""
    with db.write() as tx:
        state = sources.state(tx, source_id)
        if state.is_gone:  # until it says so again
            sources.save(tx, source_id, replace(state, is_gone=False), None)
    return _own(poll_due(db, reader, desk, (source_id,), now), source_id)


def ask_whole(db: Database, reader: Reader, desk: Desk, source_id: str, now: datetime) -> Polled:
    """Once without validators, for a server whose 304 is not believed; the same document is read again, held or not."""
    with db.write() as tx:
        quarantine.release(tx, source_id)
        sketches.forget(tx, source_id)
        whose = turns.take(tx, desk, (source_id,), now)
    if whose.put_off:
        return ask_now(db, reader, desk, source_id, now)
    return _own(ask(db, reader, desk, _whole(whose.askings[0]), now).polled, source_id)


def use(db: Database, reader: Reader, desk: Desk, wish: Wish, now: datetime) -> None:
    """Ask at ``wish.url`` from now on, if it reads as a feed: a question, and a yes to it."""
    check(wish)
    source = desk.sources[wish.source_id]
    with db.read() as tx:
        state = sources.state(tx, source.id)
    if wish.url == moves.address(source, state):
        raise Refusal(f"It is asked at {wish.url} already.")
    seeking.check_feed(db, reader, desk, source, wish.url, now)
    with db.write() as tx:
        kind = Kind.GONE if state.is_gone else Kind.MISSING
        id = questions.ask(tx, source.id, kind, wish.url, (), now)
    answer(db, desk, id, Said(wish.editor, wish.means, is_yes=True), now)
    with db.write() as tx:
        _settle(tx, wish, {Kind.GONE, Kind.MISSING}, now)


def back(db: Database, desk: Desk, wish: Wish, now: datetime) -> None:
    """Ask at the configured address again: the move is forgotten, and who said so is remembered."""
    check(wish)
    source = desk.sources[wish.source_id]
    with db.write() as tx:
        state = sources.state(tx, source.id)
        if moves.address(source, state) == source.url:
            raise Refusal(f"It is asked at {source.url} already.")
        sources.save(tx, source.id, _returned(source, state, now), None)
        id = questions.ask(tx, source.id, Kind.MOVED, source.url, (), now)
        questions.settle(tx, id, "yes", wish.editor.name, now)
        _settle(tx, wish, {Kind.MOVED}, now)


def _returned(source: Source, state: PollState, now: datetime) -> PollState:
    """As if the file had named the address that is left: what was learnt there is forgotten, but the entries."""
    fresh = moves.current(source, replace(state, place=Place(configured=state.place.url)))
    return replace(fresh, due=now)


def _settle(tx: Connection, wish: Wish, kinds: set[Kind], now: datetime) -> None:
    """What is still asked about the address is answered by this."""
    for question in questions.open_(tx, wish.source_id):
        if question.kind in kinds:
            questions.settle(tx, question.id, "no", wish.editor.name, now)


def _whole(asking: Asking) -> Asking:
    return replace(asking, members=tuple(map(_bare, asking.members)))


def _bare(member: Member) -> Member:
    return replace(member, state=replace(member.state, validators=Validators(), body=None), stored="")


def _own(polled: Sequence[Polled], source_id: str) -> Polled:
    """Others may have had their answer with it."""
    return next(one for one in polled if one.source_id == source_id)
