"""A cross-post as commands print it: in one line, whole, and as JSON."""

from relay.cli.output import print_table, utc
from relay.core import thread
from relay.core.crosspost import Crosspost, Draft
from relay.core.language.length import measure
from relay.core.scheduling.departure import Departure
from relay.pipeline.today import current
from relay.service import Relay
from relay.storage import entries, journal
from relay.web import departing


def line(relay: Relay, one: Crosspost, leaves: Departure | None = None) -> tuple[object, ...]:
    """The columns of a list; ``leaves`` is when it does, or would if it were approved now, and why then."""
    first = one.draft.text.split("\n")[0]
    counts = ", ".join(f"{count['used']}/{count['max']}" for count in _counts(relay, one)[:1])
    return one.id, one.state, one.account, counts, _when(relay, leaves), first[:70], one.note


def tell(relay: Relay, one: Crosspost, leaves: Departure | None = None) -> None:
    """Where it stands, what of it is public, its words, and its history."""
    with relay.db.read() as tx:
        history = journal.lines(tx, one.id)
        sources = entries.sources(tx, (one.entry_id,)).get(one.entry_id, ())
    print_table([line(relay, one, leaves)])
    print(f"Source: {', '.join(sources)}")
    for number, part in enumerate(one.parts, 1):
        print(f"Public, post {number} of {_posts(relay, one)}: {part.sent.url or part.sent.id}")
    if one.live:
        print(f"\nPublic words:\n\n{_worded(one.live)}\n\nProposed words:")
    print(f"\n{_worded(one.draft)}\n")
    print_table([(utc(at.at), at.who, at.to_state, f"revision {at.revision}", at.what) for at in history])


def as_json(relay: Relay, one: Crosspost, leaves: Departure | None = None) -> dict[str, object]:
    """``parts`` are its public posts, first to last; ``live`` are the public words where others are proposed.

    ``leaves`` is when it does, or would if it were approved now, and why then; ``wanted_at`` is what was chosen.
    """
    with relay.db.read() as tx:
        entry = entries.get(tx, one.entry_id)
        sources = entries.sources(tx, (one.entry_id,)).get(one.entry_id, ())
    return {
        "id": one.id,
        "state": one.state,
        "account": one.account,
        "revision": one.revision,
        "text": one.draft.text,
        "warning": one.draft.warning,
        "language": one.draft.language,
        "link": one.draft.link,
        "live": {"text": one.live.text, "warning": one.live.warning} if one.live else None,
        "counts": _counts(relay, one),
        "posts": _posts(relay, one),
        "parts": [{"id": part.sent.id, "url": part.sent.url} for part in one.parts],
        "title": entry.post.headline if entry else None,
        "source": entry.source_id if entry else None,
        "sources": sources,
        "approvals": one.approvals,
        "not_before": one.not_before,
        "wanted_at": one.wanted_at,
        "leaves": _leaves(leaves),
        "remote_url": one.remote_url,
        "note": one.note,
    }


def _when(relay: Relay, leaves: Departure | None) -> str:
    """``Tue 24 Nov 2026, 12:30 (Paris): next slot``."""
    if leaves is None:
        return ""
    return ": ".join(filter(None, (departing.when(leaves, relay.clock(), "en"), departing.why(leaves, "en"))))


def _leaves(leaves: Departure | None) -> dict[str, object] | None:
    if leaves is None:
        return None
    told = [{"kind": one.why, "text": departing.reason(one, leaves, "en")} for one in leaves.reasons]
    return {"at": leaves.moment, "zone": leaves.zone, "why": told}


def _worded(draft: Draft) -> str:
    return f"Content warning: {draft.warning}\n\n{draft.text}" if draft.warning else draft.text


def _posts(relay: Relay, one: Crosspost) -> int:
    """As how many posts it leaves."""
    threads = one.account in relay.desk.accounts and relay.desk.abilities(one.account).threads
    return len(thread.drafts(one.draft, threads=threads))


def _counts(relay: Relay, one: Crosspost) -> list[dict[str, object]]:
    if one.account not in relay.desk.accounts:
        return []
    with relay.db.read() as tx:
        limits = current(tx, relay.desk).limits(one.account)
    counted = measure(one.draft.text, limits, one.draft.warning)
    return [{"unit": count.unit, "used": count.used, "max": count.max} for count in counted]
