"""Pages out of templates: the language, the sign-in state, and the headers that go with them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from relay.core.people import Editor
from relay.publish.templates import templates
from relay.storage import preferences, questions
from relay.web import alarms, departing, moments, security
from relay.web.auth import editor_of
from relay.web.elsewhere import linked
from relay.web.halting import halt
from relay.web.keys import Keys
from relay.web.office import Office
from relay.web.rooms import rooms
from relay.web.ways import offered
from relay.web.wording.said import said
from relay.web.words import LANGUAGES, speaker

_YEAR = 365 * 24 * 3600


def page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page in the reader's language; ``?lang=`` chooses it and is remembered."""
    office: Office = request.app.state.office
    tongue, editor = language(request), editor_of(request)
    shared: dict[str, Any] = {
        "w": speaker(tongue),
        "language": tongue,
        "languages": [(code, _again(request, code)) for code in LANGUAGES],
        "editor": editor,
        "asked": _asked(office) if editor else 0,
        "path": request.url.path,
        "halt": halt(office, editor),
        "ailing": office.ailing() if editor else (),
        "unread": office.unread() if editor else None,
        "alarms": alarms.told(office, editor),
        "rooms": rooms(editor, request.url.path),
        "keys": _keys(office, editor),
        "said": lambda text: said(text, tongue),
        "linked": lambda markup: linked(markup, speaker(tongue), tongue),
        "moment": _teller(office, tongue),
        "leaves_at": lambda departure: departing.when(departure, office.clock(), tongue),
        "why_then": lambda departure: departing.why(departure, tongue),
        "hour": lambda moment: moments.short(moment, office.clock(), office.zone, tongue),
    }
    response = HTMLResponse(templates("relay.web").get_template(template).render({**shared, **values}), status)
    if request.query_params.get("lang") == tongue:
        response.set_cookie(
            _cookie(office), tongue, max_age=_YEAR, secure=office.is_https, httponly=True, samesite="lax"
        )
    return response


def _asked(office: Office) -> int:
    """How many questions wait for an answer: the way to them is shown while there are any."""
    with office.db.read() as tx:
        return questions.count(tx)


def _keys(office: Office, editor: Editor | None) -> Keys:
    """The editor's own; whoever is not signed in has none."""
    if editor is None:
        return Keys(are_off=True)
    with office.db.read() as tx:
        chosen = preferences.get(tx, editor.name)
    return Keys(chosen.keys, chosen.are_off)


def language(request: Request) -> str:
    """The language asked for now, or earlier, or the office's own."""
    office: Office = request.app.state.office
    wanted = request.query_params.get("lang"), request.cookies.get(_cookie(office)), office.language
    return next((code for code in wanted if code in LANGUAGES), "en")


def _cookie(office: Office) -> str:
    return security.cookie("relay-language", is_https=office.is_https)


def problem(request: Request, error: Exception) -> Response:
    """An error in the look of every other page; whoever is not signed in is told how to."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 401:
        return page(request, "sign_in.html.j2", 401, **offered(request.app.state.office))
    if status >= 500 or not isinstance(error, HTTPException):
        return _broken(request)
    response = page(request, "problem.html.j2", status, number=status, detail=error.detail)
    response.headers.update(error.headers or {})
    return response


def see(path: str, **query: object) -> Response:
    """On to a page of ours after a form."""
    asked = {name: value for name, value in query.items() if value is not None}
    return RedirectResponse(f"{path}?{urlencode(asked)}" if asked else path, 303)


def _broken(request: Request) -> Response:
    """Nothing that may itself be what is broken, such as the database, is asked again."""
    office: Office = request.app.state.office
    tongue = language(request)
    response = HTMLResponse(
        templates("relay.web").get_template("broken.html.j2").render(w=speaker(tongue), language=tongue), 500
    )
    security.complete(response.headers, office.public_url)  # it is sent outside of what adds them to the others
    return response


def _teller(office: Office, tongue: str) -> Callable[[datetime], str]:
    return lambda moment: moments.full(moment, office.zone, tongue)


def _again(request: Request, code: str) -> str:
    """This page in another language; after a form that was refused, the page the form was on."""
    # One slash: what begins with two would be another site's address.
    here = f"/{request.url.path.lstrip('/')}" if request.method in {"GET", "HEAD"} else "/review"
    kept = {name: value for name, value in request.query_params.items() if name not in {"lang", "done", "did"}}
    return f"{here}?{urlencode({**kept, 'lang': code})}"
