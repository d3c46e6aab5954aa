"""A picture that relay has not kept, as an editor sees it before it is chosen: relay asks for it in their place."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from relay.core.pictures.rendition import Rendition
from relay.core.review.moving import Refusal
from relay.core.review.transitions import ALLOWED, Event
from relay.pipeline import illustrating
from relay.pipeline.illustrating import Room
from relay.web.auth import signed_in
from relay.web.done import number
from relay.web.office import Office

PATIENCE = 10.0
"""Seconds for which a glance waits until others are over: each unfolds a picture in memory."""


def show(request: Request) -> Response:
    """One candidate, small and made anew; nothing of it is kept."""
    office: Office = request.app.state.office
    if signed_in(request).role not in ALLOWED[Event.EDIT]:
        raise HTTPException(403)
    id, place = number(request.path_params["id"]), number(request.path_params["place"])
    if id is None or place is None:
        raise HTTPException(404)
    if not office.glances.acquire(timeout=PATIENCE):
        return Response(status_code=503, media_type="text/plain", headers={"Retry-After": "10"})
    try:
        seen = _glance(office, id, place)
    finally:
        office.glances.release()
    return Response(seen.body, media_type=seen.type, headers={"Cache-Control": "private, max-age=600"})


def _glance(office: Office, id: int, place: int) -> Rendition:
    try:
        return illustrating.glance(Room(office.db, office.desk, office.reader), id, place)
    except Refusal as refusal:
        raise HTTPException(404, str(refusal)) from None
