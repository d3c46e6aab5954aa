"""``relay queue``: the editors' queue, for who prefers a terminal."""

import argparse
import sys
from typing import TYPE_CHECKING

from relay.cli.ending import Ending
from relay.cli.output import print_json, print_table, utc
from relay.cli.session import add_at, add_json, service
from relay.core.crosspost import Crosspost, State
from relay.core.language.text import measure
from relay.core.people import Editor
from relay.core.review.transitions import Event
from relay.service import Relay
from relay.storage import crossposts, entries, journal, people

if TYPE_CHECKING:
    # argparse gives this type no public name, and lets it have arguments only while types are checked
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  # see above

EXAMPLE = "relay queue approve 12 --as camille"
MEANS = "command line"

MOVES = {
    "changes": (Event.ASK_CHANGES, "ask its writer for changes, with a reason"),
    "resubmit": (Event.RESUBMIT, "put it before the editors again, unchanged"),
    "hold": (Event.HOLD, "nothing happens to it until it is resumed"),
    "resume": (Event.RESUME, "go on where it was put on hold"),
    "reject": (Event.REJECT, "refuse it, with a reason"),
    "recall": (Event.RECALL, "take an approval back before it leaves"),
    "reopen": (Event.REOPEN, "put a refused, expired or skipped one before the editors"),
}


def configure(parser: argparse.ArgumentParser) -> None:
    """A verb for every thing an editor can do."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    listing = verbs.add_parser("list", help="cross-posts, the oldest first")
    listing.add_argument("--state", choices=[str(state) for state in State])
    for reading in (listing, _about_one(verbs, "show", "one cross-post, with its words and its history")):
        add_json(reading)
        add_at(reading)
    approve = _act(verbs, "approve", "say yes to its words as they stand")
    approve.add_argument("--revision", type=int, help="refuse if the words are no longer this revision")
    edit = _act(verbs, "edit", "change its words; every yes so far is void")
    edit.add_argument("--revision", type=int, help="refuse if the words are no longer this revision")
    edit.add_argument("--text", required=True, help="the new words; - is standard input")
    for verb, (_, what) in MOVES.items():
        _act(verbs, verb, what).add_argument("--reason", default="")
    verify = _act(verbs, "verify", "say what became of one whose outcome is unknown")
    found = verify.add_mutually_exclusive_group(required=True)
    found.add_argument("--there", action="store_const", dest="event", const=Event.CONFIRM, help="it is published")
    found.add_argument("--give-up", action="store_const", dest="event", const=Event.GIVE_UP, help="leave it unknown")


def run(arguments: argparse.Namespace) -> int:
    """Do what the verb says, and show what came of it."""
    with service(arguments) as relay:
        if arguments.verb == "list":
            _list(relay, arguments.state, as_json=arguments.json)
        elif arguments.verb == "show":
            _show(relay, arguments.id, as_json=arguments.json)
        else:
            done = _do(relay, arguments, _editor(relay, arguments.user))
            print_json(_object(relay, done)) if arguments.json else print_table([_line(relay, done)])
    return 0


def _do(relay: Relay, arguments: argparse.Namespace, editor: Editor) -> Crosspost:
    id, verb = arguments.id, arguments.verb
    if verb in MOVES:
        return relay.move(id, MOVES[verb][0], editor, MEANS, arguments.reason)
    if verb == "verify":
        return relay.move(id, arguments.event, editor, MEANS, "")
    revision = arguments.revision if arguments.revision is not None else _get(relay, id).revision
    if verb == "approve":
        return relay.approve(id, editor, MEANS, revision)
    text = sys.stdin.read() if arguments.text == "-" else arguments.text
    return relay.edit(id, editor, MEANS, revision, text)


def _list(relay: Relay, state: str | None, *, as_json: bool) -> None:
    states = (State(state),) if state else tuple(State)
    with relay.db.read() as tx:
        found = crossposts.by_state(tx, states)
    if as_json:
        print_json([_object(relay, one) for one in found])
    elif found:
        print_table([_line(relay, one) for one in found])
    else:
        print("The queue is empty." if state is None else f"Nothing is {state}.")


def _show(relay: Relay, id: int, *, as_json: bool) -> None:
    one = _get(relay, id)
    with relay.db.read() as tx:
        history = journal.lines(tx, id)
        sources = entries.sources(tx, (one.entry_id,)).get(one.entry_id, ())
    if as_json:
        print_json({**_object(relay, one), "history": history})
        return
    print_table([_line(relay, one)])
    print(f"Source: {', '.join(sources)}")
    print(f"\n{one.draft.text}\n")
    print_table([(utc(line.at), line.who, line.to_state, f"revision {line.revision}", line.what) for line in history])


def _get(relay: Relay, id: int) -> Crosspost:
    with relay.db.read() as tx:
        one = crossposts.get(tx, id)
    if one is None:
        raise Ending(f"there is no cross-post {id}; `relay queue list` shows those there are")
    return one


def _editor(relay: Relay, name: str) -> Editor:
    with relay.db.read() as tx:
        editor = people.get(tx, name)
    if editor is None:
        raise Ending(f"there is no editor {name!r}; `relay user list` shows who there is")
    return editor


def _line(relay: Relay, one: Crosspost) -> tuple[object, ...]:
    first = one.draft.text.split("\n")[0]
    counts = ", ".join(f"{count['used']}/{count['max']}" for count in _counts(relay, one)[:1])
    return one.id, one.state, one.account, counts, first[:70], one.note


def _object(relay: Relay, one: Crosspost) -> dict[str, object]:
    with relay.db.read() as tx:
        entry = entries.get(tx, one.entry_id)
        sources = entries.sources(tx, (one.entry_id,)).get(one.entry_id, ())
    return {
        "id": one.id,
        "state": one.state,
        "account": one.account,
        "revision": one.revision,
        "text": one.draft.text,
        "language": one.draft.language,
        "link": one.draft.link,
        "counts": _counts(relay, one),
        "title": entry.post.headline if entry else None,
        "source": entry.source_id if entry else None,
        "sources": sources,
        "approvals": one.approvals,
        "not_before": one.not_before,
        "remote_url": one.remote_url,
        "note": one.note,
    }


def _counts(relay: Relay, one: Crosspost) -> list[dict[str, object]]:
    if one.account not in relay.desk.accounts:
        return []
    counted = measure(one.draft.text, relay.desk.limits(one.account))
    return [{"unit": count.unit, "used": count.used, "max": count.max} for count in counted]


def _about_one(verbs: "Verbs", verb: str, what: str) -> argparse.ArgumentParser:
    parser = verbs.add_parser(verb, help=what, description=what)
    parser.add_argument("id", type=int, metavar="ID")
    return parser


def _act(verbs: "Verbs", verb: str, what: str) -> argparse.ArgumentParser:
    parser = _about_one(verbs, verb, what)
    parser.add_argument("--as", dest="user", required=True, metavar="USER", help="the editor who says so")
    add_json(parser)
    add_at(parser)
    return parser
