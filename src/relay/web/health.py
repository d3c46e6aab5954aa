"""Whether the service is alive, for whoever watches it."""

from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from relay.core.ailment import Ailing, public_sentence
from relay.storage import copies, service, stops
from relay.storage.copies import Copy
from relay.web.office import Office

LOOPS = ("poll", "deliver")
PATIENCE = timedelta(minutes=2)
"""A loop that said nothing for so long is dead."""


def health(request: Request) -> Response:
    """200 while the database answers and every loop runs, stopped by editors or not; else 503, with what is wrong."""
    office: Office = request.app.state.office
    try:
        with office.db.read() as tx:
            beats, stop, copy = service.beats(tx), stops.in_force(tx), copies.last(tx)
    except SQLAlchemyError as error:
        office.ails(error)
        why = "; ".join(_serious(office)) or "the database does not answer"
        return JSONResponse({"ok": False, "error": why, **_machine(office)}, 503)
    wrong = [*_serious(office), *_wrong(beats, office.clock())]
    loops = {loop: f"{at:%Y-%m-%dT%H:%M:%SZ}" for loop, at in beats.items()}
    told: dict[str, object] = {
        "loops": loops,
        **({"stopped": {"since": f"{stop.at:%Y-%m-%dT%H:%M:%SZ}"}} if stop else {}),
    }
    told |= _restored(copy) | _machine(office) | _unread(office)
    if wrong:
        return JSONResponse({"ok": False, "error": "; ".join(wrong), **told}, 503)
    return JSONResponse({"ok": True, **told})


def _serious(office: Office) -> list[str]:
    return [public_sentence(one) for one in office.ailing() if one.is_serious]


def _machine(office: Office) -> dict[str, object]:
    """What of the machine fails relay, since when; a disk that is nearly full is told here, and is no failure yet."""
    found = [_ailing(one) for one in office.ailing()]
    return {"machine": found} if found else {}


def _ailing(one: Ailing) -> dict[str, str]:
    since = f"{one.since:%Y-%m-%dT%H:%M:%SZ}"
    return {"place": one.place, "what": one.what, "since": since, "do": public_sentence(one)}


def _unread(office: Office) -> dict[str, object]:
    """Since when another configuration waits to be mended; what is wrong with it is the operator's to read."""
    unread = office.unread()
    return {"configuration": {"not_taken_since": f"{unread.since:%Y-%m-%dT%H:%M:%SZ}"}} if unread else {}


def _restored(copy: Copy | None) -> dict[str, object]:
    """That it was put back from a copy, and when what left since was looked for: nothing leaves before."""
    if copy is None:
        return {}
    seen = f"{copy.seen_at:%Y-%m-%dT%H:%M:%SZ}" if copy.seen_at else None
    return {"restored": {"copy_of": f"{copy.made_at:%Y-%m-%dT%H:%M:%SZ}", "looked_over": seen}}


def _wrong(beats: dict[str, datetime], now: datetime) -> list[str]:
    silent = [f"the {loop} loop has not run yet" for loop in LOOPS if loop not in beats]
    late = [f"the {loop} loop last ran at {beats[loop]:%H:%M:%SZ}" for loop in LOOPS if _is_late(beats.get(loop), now)]
    return silent + late


def _is_late(beat: datetime | None, now: datetime) -> bool:
    return beat is not None and now - beat >= PATIENCE
