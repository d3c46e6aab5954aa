"""A member's own keys: a plain form, that refuses what could not be told apart."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from relay.storage import preferences
from relay.storage.preferences import Preferences
from relay.web.auth import signed_in
from relay.web.keys import COMES_AS, Keys, Unclear, read
from relay.web.office import Office
from relay.web.pages import page, see
from relay.web.review import read_form

GROUPS: Mapping[str, tuple[str, ...]] = {
    "act": ("approve", "approve_stay", "edit", "changes", "hold", "reject", "undo", "when", "picture", "alt", "remark"),
    "see": ("next", "previous", "diff", "select", "select_to", "search", "help"),
    "go": ("go_review", "go_scheduled", "go_failed", "go_sent"),
}
"""The keys as they stand on their page."""


def show(request: Request) -> Response:
    """Every key with what it does."""
    signed_in(request)
    return _page(request, 200, {})


def save(request: Request) -> Response:
    """Keep the keys of the form, or put back those that come with relay."""
    editor, form = signed_in(request), read_form(request)
    try:
        chosen = {} if "restore" in form else read(form)
    except Unclear as unclear:
        return _page(request, 409, form, unclear)
    _put(request, editor.name, chosen, are_off=_known(request, editor.name).are_off)
    return see("/keys", did="keys")


def switch(request: Request) -> Response:
    """All single keys off, or on again; what stood where stays for later."""
    editor, form = signed_in(request), read_form(request)
    before = _known(request, editor.name)
    _put(request, editor.name, before.keys, are_off=not before.are_off)
    back = form.get("back", "")
    return see(back if back.startswith(("/review", "/queue")) else "/keys")


def _known(request: Request, name: str) -> Preferences:
    office: Office = request.app.state.office
    with office.db.read() as tx:
        return preferences.get(tx, name)


def _put(request: Request, name: str, chosen: Mapping[str, str], *, are_off: bool) -> None:
    office: Office = request.app.state.office
    with office.db.write() as tx:
        preferences.put(tx, name, Preferences(dict(chosen), are_off))


def _page(request: Request, status: int, typed: Mapping[str, str], unclear: Unclear | None = None) -> Response:
    known = _known(request, signed_in(request).name)
    own = Keys(known.keys)
    values = {name: typed.get(name, own.chosen(name)) for name in COMES_AS}
    return page(
        request,
        "keys.html.j2",
        status,
        groups=GROUPS,
        values=values,
        are_off=known.are_off,
        unclear=unclear,
        is_saved=request.query_params.get("did") == "keys",
        named=_word,
    )


def _word(name: str) -> str:
    """The word that says what a key does."""
    acts = {"approve", "approve_stay", "edit", "changes", "hold", "reject"}
    return f"do.{name}" if name in acts else f"keys.do.{name}"
