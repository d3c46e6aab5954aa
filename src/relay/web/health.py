"""Whether the service is alive, for whoever watches it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from relay.core.ailment import Ailing, public_sentence
from relay.core.alarm import Raised, sentence
from relay.pipeline import alarms
from relay.storage import copies, service, stops, workers
from relay.storage.copies import Copy
from relay.web.office import Office


def health(request: Request) -> Response:
    """200 while the database answers and every loop runs, stopped by editors or not; else 503, with what is wrong."""
    office: Office = request.app.state.office
    try:
        with office.db.read() as tx:
            beats, stop, copy = service.beats(tx), stops.in_force(tx), copies.last(tx)
            raised, known = alarms.raised(tx, office.moment()), workers.every(tx)
    except SQLAlchemyError as error:
        office.ails(error)
        why = "; ".join(map(sentence, _red(alarms.of_machine(office.ailing())))) or "the database does not answer"
        return JSONResponse({"ok": False, "error": why, **_machine(office)}, 503)
    told: dict[str, object] = {
        "loops": {loop: utc(at) for loop, at in beats.items()},
        **({"workers": sum(one.silent <= workers.LATELY for one in known)} if known else {}),
        **({"stopped": {"since": utc(stop.at)}} if stop else {}),
    }
    told |= _restored(copy) | _machine(office) | _unread(office) | {"alarms": [_alarm(one) for one in raised]}
    if wrong := _red(raised):
        return JSONResponse({"ok": False, "error": "; ".join(map(sentence, wrong)), **told}, 503)
    return JSONResponse({"ok": True, **told})


def _red(raised: Iterable[Raised]) -> list[Raised]:
    return [one for one in raised if one.is_red]


def _alarm(one: Raised) -> dict[str, str]:
    """For anybody: which account it is about is for those who may see the queue."""
    return {"alarm": one.alarm, "what": sentence(one), **({"since": utc(one.since)} if one.since else {})}


def _machine(office: Office) -> dict[str, object]:
    """What of the machine fails relay, since when; a disk that is nearly full is told here, and is no failure yet."""
    found = [_ailing(one) for one in office.ailing()]
    return {"machine": found} if found else {}


def _ailing(one: Ailing) -> dict[str, str]:
    return {"place": one.place, "what": one.what, "since": utc(one.since), "do": public_sentence(one)}


def _unread(office: Office) -> dict[str, object]:
    """Since when another configuration waits to be mended; what is wrong with it is the operator's to read."""
    unread = office.unread()
    return {"configuration": {"not_taken_since": utc(unread.since)}} if unread else {}


def _restored(copy: Copy | None) -> dict[str, object]:
    """That it was put back from a copy, and when what left since was looked for: nothing leaves before."""
    if copy is None:
        return {}
    seen = utc(copy.seen_at) if copy.seen_at else None
    return {"restored": {"copy_of": utc(copy.made_at), "looked_over": seen}}


def utc(moment: datetime) -> str:
    """A time as programs read it."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
