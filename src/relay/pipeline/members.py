"""Members are added, changed and sent away, by an admin or in a terminal; each of it leaves a line in the audit."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from relay.core.people import MEMBERS, Editor, Role
from relay.core.review.moving import Refusal
from relay.core.signing import lasting, members, passwords
from relay.storage import hashing, journal, people, sessions
from relay.storage.database import Database
from relay.storage.journal import Actor

LONGEST = 100
_NAME = re.compile(r"[^\x00-\x1f\x7f]+")
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+")
_WEAK = {
    "length": f"A password has {passwords.SHORTEST} to {passwords.LONGEST} characters.",
    "name": "A password does not have your name or your e-mail address in it.",
    "plain": "A password has more than a few different characters.",
}


@dataclass(frozen=True, slots=True)
class Office:
    """Where members are, which accounts there are to be for, who changes something, and when."""

    db: Database
    accounts: Collection[str]
    actor: Actor
    now: datetime


def add(office: Office, wish: Editor) -> Editor:
    """A new member."""
    new = replace(wish, name=wish.name.strip(), email=wish.email.strip().lower())
    if not new.name:
        raise Refusal("A member has a name.")
    if len(new.name) > LONGEST or not _NAME.fullmatch(new.name):
        raise Refusal(f"A name has {LONGEST} characters at most, all of which can be seen.")
    with office.db.write() as tx:
        _check(tx, office, new)
        if not people.add(tx, new.name, new.role, office.now, new.accounts, new.email):
            raise Refusal(f"There already is an editor {new.name!r}.")
        _note(tx, office, new.name, f"added: {described(new)}")
    return new


def change(office: Office, wish: Editor) -> Editor:
    """Another role, other accounts, another address; what is as it was leaves no line."""
    with office.db.write() as tx:
        old = known(tx, wish.name)
        new = replace(wish, email=wish.email.strip().lower(), disabled=old.disabled)
        _check(tx, office, new, old.accounts)
        members.check_left(people.everybody(tx), new)
        if old.email not in {"", new.email}:
            people.end_links(tx, new.name)  # they may lie in a mailbox that is not theirs any more
        if new != old:
            people.change(tx, new)
            _note(tx, office, new.name, f"changed: {described(old)} → {described(new)}")
    return new


def disable(office: Office, name: str) -> None:
    """No access from now on, and no session."""
    with office.db.write() as tx:
        members.check_left(people.everybody(tx), replace(known(tx, name), disabled=True))
        people.disable(tx, name)
        _note(tx, office, name, "disabled")


def enable(office: Office, name: str) -> None:
    """Access again, by the ways in that there were; unless another has the address meanwhile."""
    with office.db.write() as tx:
        editor = replace(known(tx, name), disabled=False)
        _check(tx, office, editor, editor.accounts)
        people.change(tx, editor)
        _note(tx, office, name, "enabled")


def link(office: Office, name: str, token: str) -> str:
    """Make ``token`` a way in, once; the path of its address."""
    with office.db.write() as tx:
        if known(tx, name).disabled:
            raise Refusal(f"{name} is disabled: enable them first.")
        people.add_link(tx, token, name, office.now + lasting.LINK)
        _note(tx, office, name, "sign-in address made")
    return f"/c/{token}"


def end(office: Office, name: str, id: str = "", but: str = "") -> int:
    """End one session by its ``id``, or all except the one under the token ``but``; how many."""
    with office.db.write() as tx:
        known(tx, name)
        ended = int(sessions.end_one(tx, name, id)) if id else sessions.end_all(tx, name, but)
        if not id:
            people.end_links(tx, name)
        if ended:
            _note(tx, office, name, f"sessions ended: {ended}")
    return ended


def set_password(office: Office, name: str, password: str, but: str = "") -> None:
    """Another password; sessions end, except the one under the token ``but``. Empty takes the password away."""
    with office.db.read() as tx:
        editor = known(tx, name)
    weak = passwords.weakness(password, editor.name, editor.email) if password else ""
    if weak:
        raise Refusal(_WEAK[weak])
    kept = hashing.kept(passwords.written(password)) if password else ""
    with office.db.write() as tx:
        people.set_password(tx, name, kept)
        sessions.end_all(tx, name, but)
        people.end_links(tx, name)
        _note(tx, office, name, "password set" if password else "password taken away")


def known(tx: Connection, name: str) -> Editor:
    """The member of this name; a refusal where there is none."""
    editor = people.get(tx, name)
    if editor is None:
        raise Refusal(f"There is no editor {name!r}: `relay user list` shows who there is, `relay user add` adds one.")
    return editor


def described(editor: Editor) -> str:
    """Role, accounts and address, as they stand in the audit."""
    scope = f" for {', '.join(editor.accounts)}" if editor.accounts else ""
    return f"{editor.role}{scope}{f', {editor.email}' if editor.email else ''}"


def _check(tx: Connection, office: Office, editor: Editor, had: Collection[str] = ()) -> None:
    """An account that a member had may have left the configuration: without it they would be for all."""
    if editor.role not in MEMBERS:
        raise Refusal(f"A member is {', '.join(map(str, MEMBERS))}: {Role.TOKEN} is for programs.")
    strange = [account for account in editor.accounts if account not in office.accounts and account not in had]
    if strange:
        raise Refusal(f"There is no account {strange[0]!r} in the configuration.")
    if not editor.email:
        return
    if len(editor.email) > 320 or not _EMAIL.fullmatch(editor.email):
        raise Refusal(f"{editor.email!r} is not an e-mail address.")
    other = people.by_email(tx, editor.email)
    if other and other.name != editor.name:
        raise Refusal(f"{other.name} has the address {editor.email} already.")


def _note(tx: Connection, office: Office, name: str, what: str) -> None:
    journal.note(tx, office.actor, f"member {name}", what, office.now)
