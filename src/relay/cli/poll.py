"""``relay poll``: one pass over the sources that are due."""

import argparse
from collections.abc import Sequence

from relay.cli.ending import Ending
from relay.cli.history import add_history, read_history, say_history
from relay.cli.output import print_json, print_table, utc
from relay.cli.progress import progress
from relay.cli.session import add_at, add_json, service
from relay.pipeline.care.remedies import ask_whole
from relay.pipeline.polling.asking import Polled
from relay.pipeline.polling.history import Way
from relay.service import Relay

EXAMPLE = "relay poll --source cget"


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("--source", metavar="ID", help="just this source, due or not")
    parser.add_argument("--all", action="store_true", help="every source, due or not; still conditional")
    parser.add_argument(
        "--unconditional", action="store_true", help="with --source: once without validators, the whole document"
    )
    add_history(parser)
    add_at(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Poll, and say what each source brought; 1 if any source could not be read."""
    with service(arguments) as relay:
        known = list(relay.desk.sources)
        if arguments.source and arguments.source not in known:
            raise Ending(f"there is no source {arguments.source!r}; there are: {', '.join(known)}")
        if arguments.history is not None:
            return _history(relay, arguments)
        wanted = [arguments.source] if arguments.source else known if arguments.all else None
        if arguments.unconditional:
            polled = [_whole(relay, arguments.source)]
        else:
            polled = _asked(relay, wanted) if wanted else _due(relay)
    _say(polled, as_json=arguments.json)
    return 1 if any(one.state.failures for one in polled) else 0


def _due(relay: Relay) -> list[Polled]:
    """A pass asks each host a few times only; as long as somebody answers, another follows."""
    found = list(last := _asked(relay))
    while any(not one.state.failures for one in last):
        last = _asked(relay)
        found += last
    return found


def _asked(relay: Relay, wanted: Sequence[str] | None = None) -> list[Polled]:
    with progress("Polling", len(wanted) if wanted else None) as tell:

        def told(polled: Sequence[Polled]) -> None:
            for one in polled:
                tell(one.source_id)

        return relay.poll(wanted, told)


def _history(relay: Relay, arguments: argparse.Namespace) -> int:
    """Instead of a poll: what is new in the feed itself waits for its turn."""
    if not arguments.source:
        raise Ending("--history needs --source ID: archives are read of one source at a time", code=2)
    done = read_history(relay, arguments.source, Way(most=arguments.history))
    say_history(done, as_json=arguments.json)
    return 0 if done.documents else 1


def _whole(relay: Relay, source_id: str | None) -> Polled:
    """Politeness is to be set aside knowingly, for one source."""
    if not source_id:
        raise Ending("--unconditional needs --source ID: whole documents are asked for one at a time", code=2)
    return ask_whole(relay.db, relay.reader, relay.desk, source_id, relay.clock())


def _say(polled: list[Polled], *, as_json: bool) -> None:
    if as_json:
        print_json([_object(one) for one in polled])
    elif not polled:
        print("No source is due; `relay status` says when each will be.")
    else:
        print_table([_line(one) for one in polled])


def _line(one: Polled) -> tuple[str, ...]:
    news = f"{one.new} new, {one.edited} edited, {one.queued} to review"
    return one.source_id, one.state.answer, news, f"next {utc(one.state.due)}", f"({one.state.reason})"


def _object(one: Polled) -> dict[str, object]:
    state = one.state
    return {
        "source": one.source_id,
        "answer": state.answer,
        "new": one.new,
        "edited": one.edited,
        "queued": one.queued,
        "next_poll": state.due,
        "reason": state.reason,
        "failures": state.failures,
    }
