"""Who is asking: single-use sign-in addresses, and sessions that the server can end."""

from datetime import timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from relay.core.people import Editor
from relay.storage import people
from relay.web.office import Office

SESSION = timedelta(days=30)


def editor_of(request: Request) -> Editor | None:
    """The editor who is signed in; looked up anew at each request, so that an ended session ends now."""
    office: Office = request.app.state.office
    token = request.cookies.get(_cookie(office))
    if not token:
        return None
    with office.db.read() as tx:
        return people.session_editor(tx, token, office.clock())


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


def enter(request: Request) -> Response:
    """Use a sign-in address up: a session, or 403 when it was used before or is too old."""
    office: Office = request.app.state.office
    now, token = office.clock(), office.token()
    with office.db.write() as tx:
        editor = people.use_link(tx, request.path_params["token"], now)
        if editor:
            people.end_session(tx, request.cookies.get(_cookie(office), ""))
            people.add_session(tx, token, editor.name, now + SESSION)
    if editor is None:
        raise HTTPException(403, "link_used")
    response = RedirectResponse("/review", 303)
    response.set_cookie(
        _cookie(office),
        token,
        max_age=int(SESSION.total_seconds()),
        secure=office.is_https,
        httponly=True,
        samesite="strict",
    )
    return response


def sign_out(request: Request) -> Response:
    """End the session on the server; the cookie goes too."""
    office: Office = request.app.state.office
    token = request.cookies.get(_cookie(office))
    if token:
        with office.db.write() as tx:
            people.end_session(tx, token)
    response = RedirectResponse("/", 303)
    response.delete_cookie(_cookie(office), secure=office.is_https, httponly=True, samesite="strict")
    return response


def _cookie(office: Office) -> str:
    """``__Host-`` keeps sites beside ours from setting it (RFC 6265bis §4.1.3.2); it needs HTTPS."""
    return "__Host-relay" if office.is_https else "relay"
