"""Posts that are edited, deleted and answered, on every network that lets them be."""

from dataclasses import replace
from datetime import UTC, datetime

import httpx

from relay.core.account import Account
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import Outcome, Removal, Sent
from tests.edges.conftest import SYNAPSE, WORDPRESS
from tests.edges.far_end import FarEnd

KEYS = Keys(datetime(2026, 11, 24, 8, 0, 0, 123456, tzinfo=UTC), 0x0123_4567_89AB_CDEF)
SINCE = datetime(2026, 11, 24, 7, 58, tzinfo=UTC)
LINK = "https://blog.example/2026/fracture-numerique"
DRAFT = Draft(f"La « fracture numérique » s’élargit 👩‍👩‍👧 #SMCL {LINK}", "fr", LINK, "La fracture", "Une étude.")
CORRECTED = replace(DRAFT, text=f"La « fracture numérique » se réduit 👩‍👩‍👧 #SMCL {LINK}", title="L’embellie")
NEXT = Draft("Suite : R&D <b> *et* plus", "fr", "")

OPEN = ["sandbox_mastodon", "sandbox_bluesky"]
THREADING = [*OPEN, "telegram_bot", "slack_bot", "matrix_room", SYNAPSE]
THREADING += ["mastodon_45", "mastodon_460", "mastodon_fixed", "gotosocial", "pleroma", "friendica"]
THREADED = {"sandbox", "telegram", "slack", "matrix", "mastodon"}
CHANGING = [*THREADING, "discord_hook", "wordpress_site", WORDPRESS, "micropub_listing", "webhook_receiver"]
LOCKED = CHANGING[len(OPEN) :]
FIXED = ["mail", "slack_hook"]


def prepared(
    end: FarEnd, http: httpx.Client, draft: Draft = DRAFT, keys: Keys = KEYS, after: tuple[Sent, ...] = ()
) -> Request:
    request = end.network.prepare(http, end.account, draft, keys, None, after)
    assert isinstance(request, Request), request
    return request


def published(end: FarEnd, http: httpx.Client, request: Request) -> Sent:
    sent = end.network.publish(http, end.account, request)
    assert isinstance(sent, Sent), sent
    return sent


def edited(
    end: FarEnd, http: httpx.Client, sent: Sent, before: Request, after: Request, account: Account | None = None
) -> Outcome:
    edit = end.network.abilities(end.account).edit
    assert edit is not None
    return edit(http, account or end.account, sent, before, after)


def deleted(end: FarEnd, http: httpx.Client, sent: Sent, request: Request, account: Account | None = None) -> Removal:
    delete = end.network.abilities(end.account).delete
    assert delete is not None
    return delete(http, account or end.account, sent, request)
