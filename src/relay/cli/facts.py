"""What is known of one source, for a person and for a program."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from relay.cli.output import utc
from relay.core.fetched import Fetch
from relay.core.polling import moves
from relay.core.polling.pollstate import Hints
from relay.core.polling.waiting import words
from relay.pipeline.care.seen import Seen, repairs

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Known:
    """How a source does, its last fetches, newest first, and the User-Agent that its publisher sees."""

    seen: Seen
    log: tuple[Fetch, ...]
    user_agent: str


def next_poll(seen: Seen) -> str:
    """When it is asked next."""
    return "never" if seen.state.is_gone else utc(seen.state.due) or "now"


def as_json(known: Known) -> dict[str, object]:
    """Of a program's types; times are UTC with ``Z``, spans are seconds, sizes bytes."""
    seen, state = known.seen, known.seen.state
    return {
        "source": seen.source.id,
        "configured_url": seen.source.url,
        "url": seen.url,
        "place": state.place,
        "answer": state.answer,
        "polled_at": state.polled_at,
        "succeeded_at": state.succeeded_at,
        "next_poll": next_poll(seen),
        "reason": state.reason,
        "failures": state.failures,
        "trouble": seen.trouble,
        "quarantine": seen.quarantine,
        "pause": seen.pause,
        "rhythm": state.rhythm,
        "hints": _hints(state.hints),
        "longest": seen.source.longest,
        "etag": _text(state.validators.etag),
        "last_modified": _text(state.validators.last_modified),
        "push": seen.push,
        "user_agent": known.user_agent,
        "repaired": repairs(known.log),
        "saved": seen.sums.saved,
        "new": seen.sums.new,
        "questions": seen.questions,
        "fetches": known.log,
    }


def told(known: Known) -> Iterator[str]:
    """Lines: the facts, each under its name, then the fetches."""
    facts = [(name, text) for name, text in _facts(known) if text]
    width = max(len(name) for name, _ in facts)
    yield f"{known.seen.source.id}: {known.seen.source.name}"
    yield from (f"  {name.ljust(width)}  {text}" for name, text in facts)
    yield "FETCHES" if known.log else "FETCHES\n  none"
    for fetch in known.log:
        yield f"  {utc(fetch.at)}  {_cost(fetch)}  {fetch.new} new, {fetch.edited} edited  {fetch.answer}"
        yield from (f"      {note}" for note in fetch.notes)


def _facts(known: Known) -> Iterator[tuple[str, str]]:
    seen, state = known.seen, known.seen.state
    yield "trouble", seen.trouble or ""
    yield "quarantine", _quarantine(seen)
    yield from _address(seen)
    yield "last answer", f"{state.answer} ({utc(state.polled_at) or 'never'})"
    yield "next poll", f"{next_poll(seen)}: {state.reason}"
    yield "host", f"left alone until {utc(seen.pause.until)}: {seen.pause.why}" if seen.pause else ""
    yield "rhythm", f"news about every {words(state.rhythm.usual)}" if state.rhythm.usual else ""
    yield "newest", utc(state.rhythm.newest) or ""
    yield "publisher asks", "; ".join(_asked(state.hints))
    yield "waits at most", f"{words(seen.source.longest)}, whatever the publisher asks" if _is_capped(seen) else ""
    yield "etag", _text(state.validators.etag) or ""
    yield "last-modified", _text(state.validators.last_modified) or ""
    yield "pushes", seen.push
    yield "repaired", "; ".join(repairs(known.log))
    yield "of its fetches", f"{seen.sums.new} new entries, {seen.sums.saved} bytes saved by 304s"
    yield "asked as", known.user_agent
    yield from (("question", f"{one.id}: {one.kind} {one.subject}".rstrip()) for one in seen.questions)


def _quarantine(seen: Seen) -> str:
    held = seen.quarantine
    if held is None:
        return ""
    times = "once" if held.strikes == 1 else f"{held.strikes} times"
    return f"{times} the process that read it had to be ended, last {utc(held.at)}. {held.why}"


def _address(seen: Seen) -> Iterator[tuple[str, str]]:
    place, moving = seen.state.place, seen.state.place.moving
    yield "configured", seen.source.url
    yield "asked at", seen.url if seen.url != seen.source.url else ""
    yield "answers from", place.landed if place.landed != seen.url else ""
    yield "was at", ", ".join(alias for alias in place.aliases if alias != seen.source.url)
    if moving:
        watched = f"at {moving.fetches} fetches since {utc(moving.since)}"
        believed = f"believed from {utc(moving.since + moves.WAITED)} on, after {moves.SEEN}"
        yield "redirects to", f"{moving.target} ({watched}; {believed})"


def _is_capped(seen: Seen) -> bool:
    hints = seen.state.hints
    return any(hint and hint > seen.source.longest for hint in (hints.max_age, hints.ttl, hints.period))


def _asked(hints: Hints) -> Iterator[str]:
    named = (("Cache-Control", hints.max_age), ("ttl", hints.ttl), ("sy:updatePeriod", hints.period))
    yield from (f"{words(hint)} ({name})" for name, hint in named if hint)
    if hints.skip_hours:
        yield f"not at {', '.join(map(str, sorted(hints.skip_hours)))} h GMT (skipHours)"
    if hints.skip_days:
        yield f"not on {', '.join(DAYS[day] for day in sorted(hints.skip_days))} GMT (skipDays)"


def _hints(hints: Hints) -> dict[str, object]:
    spans: dict[str, timedelta | None] = {"max_age": hints.max_age, "ttl": hints.ttl, "period": hints.period}
    return {**spans, "skip_hours": sorted(hints.skip_hours), "skip_days": sorted(hints.skip_days)}


def _cost(fetch: Fetch) -> str:
    size = f"{fetch.saved} saved" if fetch.saved else f"{fetch.size} bytes"
    return f"{size}, {round(fetch.seconds * 1000)} ms"


def _text(validator: bytes | None) -> str | None:
    """As it came; any byte may be in it."""
    return validator.decode("latin-1") if validator else None
