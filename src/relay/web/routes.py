"""Every address there is, and who answers at it."""

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from relay.web import (
    accessibility,
    accounts,
    audit,
    auth,
    bulk,
    counting,
    glancing,
    handles,
    illustrating,
    installing,
    listing,
    live,
    me,
    members,
    metrics,
    notifications,
    picture,
    questions,
    remarks,
    review,
    schedule,
    settings,
    sources,
    stopping,
    tokens,
    told,
)
from relay.web.api.routes import routes as routes_of_programs
from relay.web.readers import READERS
from relay.web.signing import devices, links, passwords, provider
from relay.web.signing.entering import door

SMALL = Middleware(GZipMiddleware, minimum_size=2048, compresslevel=4)
"""For the long pages that say nothing but news: what is compressed tells its size to whoever can add to it (BREACH).

Nothing in them is secret from their reader, and no other site can ask for them in a reader's name: the session's cookie
is strict (RFC 6265bis §5.6.7.1). Pages that show a token once, or a way in, are sent as they are.
"""


def home(request: Request) -> Response:
    """On to the review, or how to sign in."""
    return RedirectResponse("/review", 303) if auth.editor_of(request) else door(request)


SIGNING = (
    Route("/c/{token}", links.show),
    Route("/c/{token}", links.enter, methods=["POST"]),
    Route("/sign-in/link", links.ask, methods=["POST"]),
    Route("/sign-in/password", passwords.enter, methods=["POST"]),
    Route("/sign-in/passkey/begin", devices.begin, methods=["POST"]),
    Route("/sign-in/passkey", devices.enter, methods=["POST"]),
    Route("/sign-in/provider", provider.leave),
    Route("/sign-out", auth.sign_out, methods=["POST"]),
    Route(provider.BACK, provider.back),
)
"""Each way in, and the way out."""
MEMBERS = (
    Route("/me", me.show),
    Route("/me/passkeys/begin", devices.begin_adding, methods=["POST"]),
    Route("/me/passkeys", devices.add, methods=["POST"]),
    Route("/me/{word}", me.change, methods=["POST"]),
    Route("/members", members.listing),
    Route("/members/{word}", members.change, methods=["POST"]),
    Route("/tokens", tokens.listing),
    Route("/tokens", tokens.add, methods=["POST"]),
    Route("/tokens/{name}/end", tokens.end, methods=["POST"]),
    Route("/keys", settings.show),
    Route("/keys", settings.save, methods=["POST"]),
    Route("/keys/switch", settings.switch, methods=["POST"]),
)
"""One's own page, the members, and the programs' tokens."""
TOLD = (
    Route("/notifications", notifications.listing),
    Route("/notifications/{name}/test", notifications.test, methods=["POST"]),
    Route("/d/{token}", told.show),
    Route("/d/{token}", told.act, methods=["POST"]),
    Route("/d/{token}/pictures/{name}", told.picture),
)
"""Who is told what, and the links of letters."""
QUEUE = (
    Route("/queue", listing.show, middleware=[SMALL]),
    Route("/queue/look", bulk.look, middleware=[SMALL]),
    Route("/queue/judge", bulk.judge, methods=["POST"]),
)
"""The queue as a list, several judged at once."""
STOP = (
    Route("/stop", stopping.show),
    Route("/stop", stopping.stop, methods=["POST"]),
    Route("/resume", stopping.resume, methods=["POST"]),
    Route("/audit.jsonl", audit.download),
)
"""The emergency stop, and the audit."""
REVIEW = (
    Route("/review", review.show, middleware=[SMALL]),
    Route("/live", live.stream),
    Route("/review/counts", review.counts),
    Route("/review/{id}", review.show, middleware=[SMALL]),
    Route("/review/{id}/alt", picture.describe, methods=["POST"]),
    Route("/review/{id}/remark", remarks.add, methods=["POST"]),
    Route("/review/{id}/remarks/{remark}/strike", remarks.strike, methods=["POST"]),
    Route("/review/{id}/pictures/{place}", glancing.show),
    Route("/review/{id}/picture", illustrating.choose, methods=["POST"]),
    Route("/review/{id}/waive", illustrating.waive, methods=["POST"]),
    Route("/review/{id}/{action}", review.judge, methods=["POST"]),
    Route("/count", counting.count, methods=["POST"]),
)
"""One cross-post after the other."""
APP = (
    Route("/manifest.webmanifest", installing.manifest),
    Route("/sw.js", installing.worker),
    Route("/accessibility", accessibility.show),
    Route("/offline", installing.offline),
)
"""What makes an app of the pages."""
SCHEDULE = (
    Route("/schedule", schedule.listing),
    Route("/schedule/month", schedule.calendar),
    Route("/schedule/{id}", schedule.show),
    Route("/schedule/{id}", schedule.move, methods=["POST"]),
)
"""What leaves when."""
CARE = (
    Route("/sources", sources.listing),
    Route("/sources/{source}", sources.show),
    Route("/sources/{source}/{remedy}", sources.remedy, methods=["POST"]),
    Route("/questions", questions.listing),
    Route("/questions/{id}/{word}", questions.judge, methods=["POST"]),
    Route("/pictures/{name}", picture.show),
    Route("/handles", handles.listing),
    Route("/handles", handles.add, methods=["POST"]),
    Route("/handles/{body}", handles.show),
    Route("/handles/{body}/{word}", handles.change, methods=["POST"]),
    Route("/accounts", accounts.listing),
    Route("/accounts/callback", accounts.back),
    Route("/accounts/callback", accounts.finish, methods=["POST"]),
    Route("/accounts/{account}/{word}", accounts.change, methods=["POST"]),
    Route("/metrics", metrics.show),
)
"""Sources, handles and accounts, for whoever looks after them; and the measures."""


def routes() -> list[Route]:
    """All of them. Where two fit, the first answers."""
    own = (*SIGNING, *MEMBERS, *TOLD, *QUEUE, *STOP, *REVIEW, *APP, *SCHEDULE, *CARE, *READERS)
    return [Route("/", home), *own, *routes_of_programs()]
