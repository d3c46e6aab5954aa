"""One-time addresses: printed in a terminal, made by an admin, or sent to whoever asks for one by e-mail."""

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from threading import BoundedSemaphore

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from relay.core.people import Editor
from relay.core.signing import lasting, waiting
from relay.storage import people, throttling
from relay.web.auth import client_network
from relay.web.office import Office
from relay.web.pages import language, page
from relay.web.review import read_form
from relay.web.signing.entering import door, entered
from relay.web.words import speaker

log = logging.getLogger("relay")

LONGEST = 320
"""Characters of an e-mail address (RFC 3696, with its erratum)."""
_WAITING = BoundedSemaphore(200)
"""Letters that may wait to be looked into; whoever asks beyond is told the same, and asks again."""


def show(request: Request) -> Response:
    """One button: programs that follow links in messages only ever GET, and must not use the address up."""
    return page(request, "enter.html.j2")


def enter(request: Request) -> Response:
    """Use a sign-in address up: a session, or 403 when it was used before or is too old."""
    office: Office = request.app.state.office
    with office.db.write() as tx:
        editor = people.use_link(tx, request.path_params["token"], office.clock())
    if editor is None:
        raise HTTPException(403, "link_used")
    return entered(request, editor, "link")


def ask(request: Request) -> Response:
    """A letter for this address, if it is a member's. The answer says nothing of that, and does not wait for it."""
    office: Office = request.app.state.office
    if office.post_letter is None:
        raise HTTPException(404)
    email = read_form(request).get("email", "").strip()[:LONGEST]
    network, tongue = client_network(request), language(request)
    if "@" in email:
        _behind(request.app.state.behind, lambda: send(office, email, network, tongue))
    return door(request, asked_for=True, typed=email)


def send(office: Office, email: str, network: str, tongue: str) -> None:
    """Look who has the address, and write to them, unless too much was asked for."""
    now, token = office.clock(), office.token()
    with office.db.write() as tx:
        of_network, to_address = throttling.get(tx, "letters", network), throttling.get(tx, "letter", email.lower())
        if not (waiting.may_ask(of_network, now) and waiting.may_write(to_address, now)):
            return
        throttling.put(tx, waiting.counted(of_network, waiting.LONGEST, now), "letters", network)
        throttling.put(tx, waiting.counted(to_address, waiting.DAY, now), "letter", email.lower())
        editor = people.by_email(tx, email)
        if editor:
            people.add_link(tx, token, editor.name, now + lasting.LINK)
    if editor and office.post_letter:
        office.post_letter(editor.email, *letter(office, editor, token, tongue))


def letter(office: Office, editor: Editor, token: str, tongue: str) -> tuple[str, str]:
    """Subject and text."""
    w, minutes = speaker(tongue), int(lasting.LINK.total_seconds() // 60)
    url = f"{office.public_url}/c/{token}"
    return w("letter.subject"), w("letter.text", name=editor.name, url=url, minutes=minutes, at=office.public_url)


def _behind(executor: Executor, work: Callable[[], None]) -> None:
    """Do it after the answer, on a thread of its own: how long it takes tells nobody anything."""
    if not _WAITING.acquire(blocking=False):
        return

    def done() -> None:
        try:
            work()
        except Exception:
            log.exception("a sign-in letter could not be sent")
        finally:
            _WAITING.release()

    executor.submit(done)
