"""Who is asking: sessions that the server can end. The ways in are in ``signing/``."""

from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from relay.core.people import Editor
from relay.core.signing import browsers, lasting, waiting
from relay.storage import journal, sessions
from relay.storage.journal import Actor
from relay.web import security
from relay.web.office import Office

MEANS = "page"


def editor_of(request: Request) -> Editor | None:
    """The editor who is signed in; looked up anew at each request, so that an ended session ends now."""
    office: Office = request.app.state.office
    token, now = session(request), office.clock()
    if not token:
        return None
    with office.db.read() as tx:
        editor, is_worth_noting = sessions.editor(tx, token, now)
    if editor and is_worth_noting:
        _note(office, token, editor, now)
    return editor


def _note(office: Office, token: str, editor: Editor, now: datetime) -> None:
    """That they were here; where the disk does not take it, they are served all the same."""
    try:
        with office.db.write() as tx:
            sessions.note(tx, token, editor.name, now)
    except SQLAlchemyError as error:
        if office.ails(error) is None:
            raise


def signed_in(request: Request) -> Editor:
    """The editor who is signed in; 401 for anybody else."""
    editor = editor_of(request)
    if editor is None:
        raise HTTPException(401)
    return editor


def session(request: Request) -> str:
    """What only this session knows; empty for whoever has none."""
    office: Office = request.app.state.office
    return request.cookies.get(_cookie(office), "")


def client_network(request: Request) -> str:
    """The network that a request comes from, as far as throttling tells networks apart."""
    return waiting.network(request.client.host if request.client else "")


def admit(request: Request, response: Response, editor: Editor, way: str) -> Response:
    """Begin a session, whose token nobody has seen before; the one that this browser had ends."""
    office: Office = request.app.state.office
    now, token = office.clock(), office.token()
    browser = browsers.short(request.headers.get("user-agent", ""))
    with office.db.write() as tx:
        sessions.end(tx, session(request))
        sessions.add(tx, token, editor.name, now, browser, way)
        journal.note(tx, Actor(editor.name, MEANS), f"member {editor.name}", f"signed in: {way}", now)
    response.set_cookie(
        _cookie(office),
        token,
        max_age=int(lasting.LONGEST.total_seconds()),
        secure=office.is_https,
        httponly=True,
        samesite="strict",
    )
    return response


def sign_out(request: Request) -> Response:
    """End the session on the server; the cookie goes too."""
    office: Office = request.app.state.office
    token, editor, now = session(request), editor_of(request), office.clock()
    if token:
        with office.db.write() as tx:
            sessions.end(tx, token)
            if editor:
                journal.note(tx, Actor(editor.name, MEANS), f"member {editor.name}", "signed out", now)
    response = RedirectResponse("/", 303)
    response.delete_cookie(_cookie(office), secure=office.is_https, httponly=True, samesite="strict")
    return response


def _cookie(office: Office) -> str:
    return security.cookie("relay", is_https=office.is_https)
