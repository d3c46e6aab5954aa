"""How accounts stand with their networks, for everybody; connecting them, for whoever keeps the keys."""

from typing import Any
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from relay.core.people import Editor, Role
from relay.core.review.moving import Refusal
from relay.pipeline.accounts import connecting, seen, visiting
from relay.pipeline.accounts.connecting import Asker
from relay.pipeline.accounts.visiting import Leaving
from relay.web.auth import session, signed_in
from relay.web.office import Office
from relay.web.pages import page, see
from relay.web.review import Form, read_form
from relay.web.roster import label

BACK = "/accounts/callback"
"""Where networks send browsers back to. An app that is registered by hand has this address of relay's."""

TRIES = frozenset({Role.ADMIN, Role.DIRECTOR, Role.EDITOR})
"""Who may try an account again; only an admin connects and disconnects."""
WORDS = {"connect": "", "paste": "connected", "disconnect": "disconnected", "resume": "resumed"}
"""What can be done to an account, and what is said of it then: the word stands in the address of its form."""
CARRIED = 20
"""Parameters of a way back that are handed on; networks have three or four."""


def listing(request: Request) -> Response:
    """Every account, those that need a person first."""
    return _listing(request, signed_in(request))


def change(request: Request) -> Response:
    """One button of an account: do it, or say why not, on the same page."""
    office: Office = request.app.state.office
    editor, word, id = signed_in(request), request.path_params["word"], request.path_params["account"]
    if word not in WORDS or id not in office.desk.accounts:
        raise HTTPException(404)
    form, asker = read_form(request), Asker(editor.name, session(request))
    try:
        _check(editor, word)
        if word == "connect":
            return _leave(request, id, asker)
        _do(office, id, word, asker, form)
    except Refusal as refusal:
        return _listing(request, editor, 409 if _may(editor, word) else 403, (id, str(refusal)))
    office.nudge()
    return _done(id, WORDS[word])


def back(request: Request) -> Response:
    """The network has sent the browser back.

    A browser that comes from another site has not shown its session (SameSite, RFC 6265bis §5.2): one button does.
    """
    given = [(name, text) for name, text in request.query_params.items() if len(text) <= connecting.LONGEST]
    if "state" not in request.query_params or len(given) > CARRIED:
        raise HTTPException(400)
    denied = request.query_params.get("error") == "access_denied"
    return page(request, "connecting.html.j2", given=given, denied=denied)


def finish(request: Request) -> Response:
    """The way back, with the session that began it."""
    office: Office = request.app.state.office
    editor, answered = signed_in(request), read_form(request)
    asker = Asker(editor.name, session(request))
    try:
        _check(editor, "connect")
        with office.db.read() as tx:
            id = visiting.underway(tx, answered.get("state", ""), asker, office.clock())
        visiting.finish(office.db, office.posting, office.desk, answered, asker, office.clock())
    except Refusal as refusal:
        status = 409 if _may(editor, "connect") else 403
        return _listing(request, editor, status, ("", str(refusal)))
    office.nudge()
    return _done(id or "", "connected")


def _leave(request: Request, id: str, asker: Asker) -> Response:
    """On to the network, by a page of ours: browsers let no form lead to another site (CSP, form-action)."""
    office: Office = request.app.state.office
    leaving = Leaving(id, f"{office.public_url}{BACK}", office.token())
    url = visiting.begin(office.db, office.posting, office.desk, leaving, asker, office.clock())
    if urlsplit(url).scheme not in {"http", "https"}:
        raise Refusal("The network's address is none: nothing has changed.")
    return page(request, "leaving.html.j2", url=url, host=urlsplit(url).netloc, account=id)


def _do(office: Office, id: str, word: str, asker: Asker, form: Form) -> None:
    match word:
        case "paste":
            names = connecting.pasted(office.desk, office.desk.accounts[id])
            given = {name: form.get(f"secret-{name}", "") for name in names}
            connecting.paste(office.db, office.desk, id, given, asker, office.clock())
        case "disconnect":
            connecting.disconnect(office.db, office.desk, id, asker)
        case _:
            connecting.resume(office.db, office.desk, id, asker, office.clock())


def _may(editor: Editor, word: str) -> bool:
    return editor.role is Role.ADMIN or (word == "resume" and editor.role in TRIES)


def _check(editor: Editor, word: str) -> None:
    if not _may(editor, word):
        raise Refusal(f"{editor.name} ({editor.role}) may not {word} accounts.")


def _done(id: str, did: str) -> Response:
    return see("/accounts", account=id, did=did)


def _listing(request: Request, editor: Editor, status: int = 200, refused: tuple[str, str] = ("", "")) -> Response:
    """``refused`` is the account that something was refused of, empty for none, and why."""
    office: Office = request.app.state.office
    with office.db.read() as tx:
        found = seen.every(tx, office.desk, office.clock())
    query = request.query_params if status == 200 else {}
    values: dict[str, Any] = {
        "needy": [one for one in found if one.standing != "fine"],
        "well": [one for one in found if one.standing == "fine"],
        "ending": [one for one in found if one.days and one.standing == "fine"],
        "about": query.get("account", ""),
        "did": query.get("did", ""),
        "refused": refused,
        "may_connect": _may(editor, "connect"),
        "may_resume": _may(editor, "resume"),
        "required": {id: _required(office, id) for id in office.desk.accounts},
        "label": label,
    }
    return page(request, "accounts.html.j2", status, **values)


def _required(office: Office, id: str) -> frozenset[str]:
    return frozenset(office.desk.networks[office.desk.accounts[id].network].SETTINGS.secret)
