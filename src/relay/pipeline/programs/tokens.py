"""Tokens are made and ended, on the page and on the command line; both stand in the audit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from relay.core.programs import token
from relay.core.programs.token import Program, Scope
from relay.core.review.moving import Refusal
from relay.pipeline.desk import Desk
from relay.storage import journal, tokens
from relay.storage.database import Database
from relay.storage.journal import Actor


@dataclass(frozen=True, slots=True)
class Wish:
    """A token as somebody wants it: ``scopes`` as they were written, ``until`` for ever where it is ``None``."""

    name: str
    scopes: Sequence[str]
    accounts: tuple[str, ...] = ()
    until: datetime | None = None


def add(db: Database, desk: Desk, wish: Wish, actor: Actor, minted: tuple[bytes, datetime]) -> str:
    """A new token, which nobody will be shown again; ``minted`` are its random bytes and the time."""
    chance, now = minted
    program = _program(desk, wish, actor, now)
    made = token.minted(chance)
    with db.write() as tx:
        if not tokens.add(tx, program, made):
            raise Refusal(f"There is or was a token {wish.name} already: the history knows it. Take another name.")
        journal.note(tx, actor, f"token {wish.name}", _said(program), now)
    return made


def end(db: Database, name: str, actor: Actor, now: datetime) -> None:
    """It opens nothing from now on."""
    with db.write() as tx:
        if not tokens.end(tx, name, now):
            raise Refusal(f"There is no token {name} that opens anything: `relay token list` shows those there are.")
        journal.note(tx, actor, f"token {name}", "token ended", now)


def _program(desk: Desk, wish: Wish, actor: Actor, now: datetime) -> Program:
    if not token.is_name(wish.name):
        raise Refusal("A token's name has small letters, digits and hyphens, 64 at most.")
    scopes = token.scopes(wish.scopes)
    if isinstance(scopes, str):
        raise Refusal(f"{scopes} is no scope; there are: {', '.join(Scope)}.")
    if not scopes:
        raise Refusal(f"A token opens something: give it scopes, of {', '.join(Scope)}.")
    if lost := next((name for name in wish.accounts if name not in desk.accounts), None):
        raise Refusal(f"There is no account {lost}; there are: {', '.join(desk.accounts) or 'none'}.")
    if wish.until is not None and wish.until <= now:
        raise Refusal("A token's end is in the future.")
    if Scope.STOP in scopes and wish.accounts:
        raise Refusal("The emergency stop is for all accounts: a token that may stop is for all of them.")
    return Program(0, wish.name, scopes, wish.accounts, actor.who, now, wish.until)


def _said(program: Program) -> str:
    until = f", until {program.expires_at:%Y-%m-%d}" if program.expires_at else ""
    whose = f", for {', '.join(program.accounts)}" if program.accounts else ""
    return f"token made: {', '.join(sorted(program.scopes))}{whose}{until}"
