"""Every operation there is: the routes and their documentation are made of this table, and of nothing else."""

from relay.core.crosspost import State
from relay.core.programs.token import Scope
from relay.web.api import asking, listing, reading, records, running, shapes, wishes, writing
from relay.web.api.operation import Operation

_REVISION = (
    "Say which revision was read, by `If-Match` with the `ETag` of the cross-post or by `revision` in the body; "
    "428 where neither is there."
)

OPERATIONS = (
    Operation(
        *("GET", "/token", "token", "The token that asks"),
        "What the token opens, for which accounts, and until when. Any token may ask.",
        *(running.token, records.Token, None),
    ),
    Operation(
        *("GET", "/status", "status", "The service at a glance"),
        "Counts of the queue by state, what needs a person, when each loop ran last, and the emergency stop in force.",
        *(running.status, records.Status),
    ),
    Operation(
        *("GET", "/queue", "queue", "Cross-posts, the oldest entry first"),
        "A page of the queue, by state, account, source and words. `next` leads to the page after.",
        *(reading.queue, shapes.Page),
        asks=(asking.STATE, asking.ACCOUNT, asking.SOURCE, asking.SEARCH, asking.AFTER, asking.LIMIT),
    ),
    Operation(
        *("GET", "/queue/counts", "counts", "How many there are"),
        "How many cross-posts stand in each state, of the accounts that the token is for.",
        *(reading.counts, dict[State, int]),
    ),
    Operation(
        *("GET", "/crossposts/{id}", "crosspost", "One cross-post"),
        "Its words, its preview with lengths, what a person would be warned of, its approvals and its history. "
        "The `ETag` changes with it.",
        *(reading.one, shapes.Crosspost),
        fails=(404,),
    ),
    Operation(
        *("PATCH", "/crossposts/{id}", "edit", "Other words"),
        f"New words, which wait for a person's yes; for what is public they are a proposal. {_REVISION}",
        *(writing.edit, shapes.Crosspost, Scope.EDIT, wishes.Edit),
        fails=(404, 409, 412, 428),
    ),
    Operation(
        *("POST", "/crossposts/{id}/resubmit", "resubmit", "Before the editors again"),
        f"For what they wanted changed, or what failed. {_REVISION}",
        *(writing.resubmit, shapes.Crosspost, Scope.RESUBMIT, wishes.Resubmit),
        fails=(404, 409, 412, 428),
    ),
    Operation(
        *("PUT", "/crossposts/{id}/when", "plan", "When it shall leave"),
        f"A moment of its own, or the next slot; it waits for a person's yes again. {_REVISION}",
        *(writing.plan, shapes.Crosspost, Scope.EDIT, wishes.When),
        fails=(404, 409, 412, 428),
    ),
    Operation(
        *("PUT", "/crossposts/{id}/alt", "describe", "What the picture shows"),
        "The alternative text of the entry's picture, in the feeds and in everything that waits for an editor.",
        *(writing.describe, shapes.Crosspost, Scope.EDIT, wishes.Alt),
        fails=(404, 409),
    ),
    Operation(
        *("POST", "/crossposts/{id}/{action}", "judge", "Never: approve, refuse, hold, recall, …"),
        f"Always 403, for people alone judge: {', '.join(writing.PERSONS)}.",
        *(writing.never, None, None),
        fails=(403, 404),
    ),
    Operation(
        *("POST", "/count", "count", "How long a text is"),
        "The length of a text as an account's network counts it, post by post. Nothing is stored.",
        *(writing.count, shapes.Counting, Scope.READ, wishes.ToCount),
        fails=(404, 409),
    ),
    Operation(
        *("GET", "/sources", "sources", "Every source, and how it does"),
        "What each last answered, when it is asked again and why then; those that need a person first.",
        *(listing.sources, records.Sources),
    ),
    Operation(
        *("GET", "/sources/{source}", "source", "One source, and how it does"),
        "What it last answered, when it is asked again and why then.",
        *(listing.source, records.Source),
        fails=(404,),
    ),
    Operation(
        *("POST", "/sources/{source}/poll", "poll", "Ask a source now"),
        "Due or not, and still politely: a host that wants to be left alone is.",
        *(listing.poll, records.Polled, Scope.SOURCES),
        fails=(404,),
    ),
    Operation(
        *("GET", "/accounts", "accounts", "Accounts, and how they stand"),
        "The accounts that the token is for, in the order of the configuration. Nothing of it is secret.",
        *(listing.accounts, records.Accounts),
    ),
    Operation(
        *("GET", "/feeds", "feeds", "What relay publishes"),
        "The feeds of the configuration, with how many subscribe at relay's own hub.",
        *(listing.feeds, records.Feeds),
    ),
    Operation(
        *("GET", "/handles", "handles", "Who is who on each network"),
        "The directory, by name, or those in it that hold the words of `q`.",
        *(listing.handles, records.Handles),
        asks=(asking.SEARCH, asking.AFTER, asking.LIMIT),
    ),
    Operation(
        *("GET", "/questions", "questions", "What relay asks about its sources"),
        "Questions that nobody has answered. The answers are for people.",
        *(listing.questions, records.Questions),
    ),
    Operation(
        *("POST", "/stop", "stop", "Emergency stop"),
        "From now on nothing is sent, changed or taken back, on any machine. Only a person lifts it.",
        *(running.halt, records.Stop, Scope.STOP, wishes.ToStop),
        fails=(409,),
    ),
)
