"""The tokens of programs, for an admin: what each opens, a new one that is shown once, and an end to any."""

import secrets
from datetime import timedelta
from typing import Any

import anyio.from_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from relay.core.people import Editor, Role
from relay.core.programs.token import RANDOM, Scope
from relay.core.review.moving import Refusal
from relay.pipeline.programs import tokens
from relay.pipeline.programs.tokens import Wish
from relay.storage import tokens as kept
from relay.storage.journal import Actor
from relay.web.auth import signed_in
from relay.web.done import number
from relay.web.office import Office
from relay.web.pages import page, see
from relay.web.review import Form

MEANS = "page"
MOST_FIELDS = 1000
LONGEST = 3650
"""Days after which a token ends at the latest, if it is to end at all."""


def listing(request: Request) -> Response:
    """Every token, ended ones too."""
    _admin(request)
    return _page(request)


def add(request: Request) -> Response:
    """A new one, on the answer to this form and nowhere else."""
    office: Office = request.app.state.office
    actor, form = Actor(_admin(request).name, MEANS), anyio.from_thread.run(_read, request)
    now = office.clock()
    try:
        span = _days(form)
        wish = Wish(form.get("name", ""), _chosen(form, "scope-"), _chosen(form, "for-"), now + span if span else None)
        made = tokens.add(office.db, office.desk, wish, actor, (secrets.token_bytes(RANDOM), now))
    except Refusal as refusal:
        return _page(request, 409, refused=str(refusal), typed=form)
    return _page(request, made=made, about=wish.name)


def end(request: Request) -> Response:
    """It opens nothing from now on."""
    office: Office = request.app.state.office
    actor, name = Actor(_admin(request).name, MEANS), request.path_params["name"]
    try:
        tokens.end(office.db, name, actor, office.clock())
    except Refusal as refusal:
        return _page(request, 409, refused=str(refusal))
    return see("/tokens", ended=name)


async def _read(request: Request) -> Form:
    form = await request.form(max_files=0, max_fields=MOST_FIELDS)
    return {name: value.strip() for name, value in form.items() if isinstance(value, str)}


def _chosen(form: Form, prefix: str) -> tuple[str, ...]:
    return tuple(name.removeprefix(prefix) for name in form if name.startswith(prefix))


def _days(form: Form) -> timedelta | None:
    written = form.get("days", "")
    found = number(written)
    if written and (found is None or not 1 <= found <= LONGEST):
        raise Refusal(f"A token's end is a number of days, from 1 to {LONGEST}.")
    return timedelta(days=found) if found else None


def _admin(request: Request) -> Editor:
    editor = signed_in(request)
    if editor.role is not Role.ADMIN:
        raise HTTPException(403)
    return editor


def _page(request: Request, status: int = 200, **said: Any) -> Response:
    office: Office = request.app.state.office
    with office.db.read() as tx:
        found = sorted(kept.every(tx), key=lambda one: (not one.is_good(office.clock()), one.name))
    ended = request.query_params.get("ended", "") if status == 200 else ""
    values: dict[str, Any] = {
        "programs": found,
        "now": office.clock(),
        "scopes": tuple(Scope),
        "accounts": tuple(office.desk.accounts),
        "ended": ended if any(one.name == ended for one in found) else "",
    }
    usual: dict[str, Any] = {"refused": "", "typed": {}, "made": "", "about": ""}
    return page(request, "tokens.html.j2", status, **values, **{**usual, **said})
