"""All that the page of one source shows."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from relay.core.fetched import Fetch
from relay.core.people import Editor
from relay.core.polling import moves
from relay.core.polling.pollstate import Hints
from relay.pipeline.care import remedies
from relay.pipeline.care.remedies import Remedy
from relay.pipeline.care.seen import Seen, Trouble, repairs
from relay.web import fetchlog, moments
from relay.web.amounts import seconds, size, span
from relay.web.office import Office
from relay.web.wording.said import said
from relay.web.words import LANGUAGES, speaker

_FOREMOST: dict[Trouble | None, Remedy] = {
    Trouble.GONE: Remedy.LOOK,
    Trouble.MISSING: Remedy.LOOK,
    Trouble.UNREADABLE: Remedy.LOOK,
    Trouble.QUARANTINE: Remedy.WHOLE,
}


def dossier(office: Office, editor: Editor, seen: Seen, log: Sequence[Fetch], language: str) -> dict[str, Any]:
    """The values of its template."""
    return {
        "seen": seen,
        "log": log,
        "bars": fetchlog.bars(log),
        "counts": fetchlog.counts(log),
        "repaired": repairs(log),
        "letter": letter(seen, repairs(log), office.reader.name(seen.source.id)),
        "agent": office.reader.name(seen.source.id),
        "hints": hints(seen),
        "skip_days": [moments.weekday(day, language) for day in sorted(seen.state.hints.skip_days)],
        "watched": seen.state.place.moving,
        "seen_of": moves.SEEN,
        "waited": moves.WAITED,
        "buttons": buttons(seen, editor),
        "foremost": _FOREMOST.get(seen.trouble, Remedy.ASK),
        "may_use": remedies.may(editor.role, Remedy.USE),
        "zone": moments.place(office.zone),
        "brief": lambda moment: _brief(office, moment, language),
        **amounts(language),
    }


def amounts(language: str) -> dict[str, Any]:
    """How templates say sizes and spans."""
    return {"size": lambda number: size(number, language), "span": lambda of: span(of, language), "seconds": seconds}


def buttons(seen: Seen, editor: Editor) -> list[Remedy]:
    """What this editor can do for it now."""
    useful = [Remedy.ASK]
    useful += [Remedy.WHOLE] if seen.state.validators or seen.state.body or seen.quarantine else []
    useful += [] if seen.source.select else [Remedy.LOOK]
    useful += [Remedy.BACK] if seen.url != seen.source.url else []
    return [remedy for remedy in useful if remedies.may(editor.role, remedy)]


def hints(seen: Seen) -> list[tuple[str, timedelta, bool]]:
    """What the publisher asks for, by whose name, and whether it is capped."""
    own: Hints = seen.state.hints
    named = (("Cache-Control", own.max_age), ("ttl", own.ttl), ("sy:updatePeriod", own.period))
    return [(name, hint, hint > seen.source.longest) for name, hint in named if hint]


def letter(seen: Seen, repaired: Sequence[str], agent: str) -> tuple[str, str]:
    """What to write to the publisher, in the language of the source where relay speaks it, and that language."""
    tongue = seen.source.language[:2] if seen.source.language[:2] in LANGUAGES else "en"
    w = speaker(tongue)
    if seen.trouble is Trouble.BLOCKED:
        answer = said(seen.state.answer, tongue)[0].rstrip(".")
        return w("letter.blocked", url=seen.url, agent=agent, answer=answer), tongue
    what = ", ".join(said(one, tongue)[0] for one in repaired)
    return (w("letter.repaired", url=seen.url, what=what) if repaired else ""), tongue


def _brief(office: Office, moment: datetime, language: str) -> str:
    return moments.brief(moment, office.clock(), office.zone, language)
