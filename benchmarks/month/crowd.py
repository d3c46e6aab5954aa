"""What people and programs do in an hour: an editor judges and looks, subscribers ask for the feeds."""

from random import Random

from sqlalchemy import select

from benchmarks.month.service import EDITOR, Living
from relay.core.people import Editor, Role
from relay.core.review.transitions import Event
from relay.pipeline.review import Words
from relay.storage import sessions
from relay.storage.tables.review import crossposts

WORK = (8, 12, 16)
"""Hours of a day in which somebody sits at the desk."""
PAGES = ("/review", "/queue", "/sources", "/accounts", "/schedule", "/schedule/month", "/health", "/metrics", "/me")
FEEDS = ("atom.xml", "rss.xml", "feed.json", "")
_CAMILLE, _ALIX = Editor(EDITOR, Role.EDITOR), Editor("alix", Role.EDITOR)


def hour(living: Living, chance: Random, tags: dict[str, str]) -> None:
    """One hour of theirs; ``tags`` are those of the documents that subscribers have."""
    now = living.clock.now
    if now.hour in WORK:
        _sign_in(living)
        _judge(living, chance)
        _look(living, chance)
    _read(living, chance, tags)


def _sign_in(living: Living) -> None:
    """Once a day; so often a subscriber asks relay's hub for news too."""
    token = f"{living.clock.now:%Y%m%d}-a-token-of-the-day"
    if living.client.cookies.get("relay") == token:
        return
    with living.relay.db.write() as tx:
        sessions.add(tx, token, EDITOR, living.clock.now)
    living.client.cookies.set("relay", token)
    feed = f"{living.client.base_url}feeds/blog/atom.xml"
    form = {"hub.mode": "subscribe", "hub.topic": feed, "hub.callback": f"{_town(living)}/callback/news"}
    living.client.post("/hub", data=form)


def _town(living: Living) -> str:
    return living.relay.desk.accounts["masto"].options["server"]


def _judge(living: Living, chance: Random) -> None:
    """Most are approved, some are written anew before, some are dropped, and some wait for another hour."""
    relay = living.relay
    with relay.db.read() as tx:
        waiting = tx.execute(
            select(crossposts.c.id, crossposts.c.revision).where(crossposts.c.state == "waiting")
        ).all()
    for id, offered in waiting:
        lot, revision = chance.random(), offered
        if lot < 1 / 10:
            revision = relay.edit(id, _ALIX, "page", Words(offered, f"Autrement dit : {lot}")).revision
        if lot < 7 / 10:
            relay.approve(id, _CAMILLE, "page", revision)
        elif lot < 9 / 10:
            relay.move(id, Event.REJECT, _CAMILLE, "page", "un doublon")


def _look(living: Living, chance: Random) -> None:
    with living.relay.db.read() as tx:
        ids = tx.execute(select(crossposts.c.id)).scalars().all()
    words = (f"/review/{chance.choice(ids)}", f"/queue?q=bilan+{chance.randrange(100)}") if ids else ()
    for page in (*PAGES, *words, f"/sources/s{chance.randrange(len(living.relay.desk.sources))}"):
        answer = living.client.get(page)
        if answer.status_code >= 400:
            raise SystemExit(f"{page}: {answer.status_code}")


def _read(living: Living, chance: Random, tags: dict[str, str]) -> None:
    """Some have it already, some ask for what is new, some in words that nobody else uses."""
    for name in FEEDS:
        for how in ("gzip", "br", "identity", f"gzip;q=0.{chance.randrange(1, 999)}"):
            own = {"Accept-Encoding": how, "A-IM": "feed"} if chance.random() < 1 / 2 else {"Accept-Encoding": how}
            known = tags.get(name + how[:2])
            answer = living.client.get(f"/feeds/blog/{name}", headers=own | ({"If-None-Match": known} if known else {}))
            if answer.status_code < 300:
                tags[name + how[:2]] = answer.headers.get("etag", "")
