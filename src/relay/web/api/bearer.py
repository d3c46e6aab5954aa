"""Who is asking: ``Authorization: Bearer`` and nothing else (RFC 6750). A cookie opens nothing here."""

from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request

from relay.core.programs.token import Program, Scope, is_written_right
from relay.storage import tokens
from relay.web.api.budget import Budget
from relay.web.api.problem import Problem
from relay.web.office import Office

_REALM = 'Bearer realm="relay"'


def let_in(request: Request, scope: Scope | None) -> Program:
    """The program whose token this is; 401, 403 or 429 for any other. ``None`` asks for no scope."""
    program = _known(request)
    budget: Budget = request.app.state.budget
    office: Office = request.app.state.office
    if wait := budget.wait(program.id, office.clock()):
        raise Problem(429, "too_many", {"Retry-After": str(wait)}, most=budget.most)
    if scope is not None and scope not in program.scopes:
        told = {"WWW-Authenticate": f'{_REALM}, error="insufficient_scope", scope="{scope}"'}
        raise Problem(403, "scope", told, scope=scope, has=", ".join(sorted(program.scopes)))
    return program


def _known(request: Request) -> Program:
    office: Office = request.app.state.office
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise Problem(401, "no_token", {"WWW-Authenticate": _REALM})
    now = office.clock()
    with office.db.read() as tx:
        program = tokens.bearer(tx, token.strip(), now) if is_written_right(token.strip()) else None
    if program is None:
        raise Problem(401, "bad_token", {"WWW-Authenticate": f'{_REALM}, error="invalid_token"'})
    if tokens.is_unseen(program, now):
        _note(office, program, now)
    return program


def _note(office: Office, program: Program, now: datetime) -> None:
    """That it asked; where the disk does not take it, it is answered all the same."""
    try:
        with office.db.write() as tx:
            tokens.use(tx, program, now)
    except SQLAlchemyError as error:
        if office.ails(error) is None:
            raise
