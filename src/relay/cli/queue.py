"""``relay queue``: the editors' queue, for who prefers a terminal."""

import argparse
import sys
from typing import TYPE_CHECKING

from relay.cli import crossposts
from relay.cli.ending import Ending
from relay.cli.output import print_json, print_table
from relay.cli.session import add_at, add_json, number, service
from relay.cli.standing import in_the_way
from relay.core.crosspost import Crosspost, State
from relay.core.people import Editor
from relay.core.review.transitions import Event
from relay.core.scheduling.departure import Departure
from relay.pipeline.foreseeing import departure, departures
from relay.pipeline.planning import When
from relay.pipeline.review import Words
from relay.service import Relay
from relay.storage import crossposts as rows
from relay.storage import journal, people

if TYPE_CHECKING:
    # argparse gives this type no public name, and lets it have arguments only while types are checked
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  # see above

EXAMPLE = "relay queue approve 12 --as camille"
MEANS = "command line"
LINES = 100
"""Cross-posts that are listed where nobody says how many."""
MORE = "There are more: `--after {id}` lists those that come next, `--limit` says how many at once."

MOVES = {
    "changes": (Event.ASK_CHANGES, "ask its writer for changes, with a reason"),
    "resubmit": (Event.RESUBMIT, "put it before the editors again, unchanged"),
    "hold": (Event.HOLD, "nothing happens to it until it is resumed"),
    "resume": (Event.RESUME, "go on where it was put on hold"),
    "reject": (Event.REJECT, "refuse it, with a reason"),
    "recall": (Event.RECALL, "take an approval back before it leaves"),
    "give-up": (Event.GIVE_UP, "leave a thread unfinished, of which the first posts are public"),
    "withdraw": (Event.WITHDRAW, "propose to take back what is public"),
    "approve-withdrawal": (Event.APPROVE_WITHDRAWAL, "say yes to a proposed withdrawal"),
    "keep": (Event.KEEP, "refuse a proposed withdrawal"),
    "removed": (Event.REMOVED_BY_HAND, "say that you deleted it yourself, where it stood"),
    "dismiss": (Event.DISMISS, "refuse proposed words: what is public stays as it is"),
    "reopen": (Event.REOPEN, "put a refused, expired or skipped one before the editors"),
}


def configure(parser: argparse.ArgumentParser) -> None:
    """A verb for every thing an editor can do."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    listing = verbs.add_parser("list", help="cross-posts, the oldest first")
    listing.add_argument("--state", choices=[str(state) for state in State], help="only those in this state")
    listing.add_argument("--limit", type=number, default=LINES, help=f"at most so many; {LINES} if not said")
    listing.add_argument("--after", type=number, default=0, metavar="ID", help="those that come after this one")
    for reading in (listing, _about_one(verbs, "show", "one cross-post, with its words and its history")):
        add_json(reading)
        add_at(reading)
    approve = _act(verbs, "approve", "say yes to its words as they stand")
    approve.add_argument("--revision", type=int, help="refuse if the words are no longer this revision")
    override = _act(verbs, "override", "give every yes that is missing, as a director, with a reason")
    override.add_argument("--revision", type=int, help="refuse if the words are no longer this revision")
    override.add_argument("--reason", default="", help="why; it stays in the history")
    edit = _act(verbs, "edit", "change its words, or propose others for what is public; every yes so far is void")
    edit.add_argument("--revision", type=int, help="refuse if the words are no longer this revision")
    edit.add_argument("--text", required=True, help="the new words; - is standard input")
    edit.add_argument("--warning", help="the content warning; an empty one takes it away")
    comment = _act(verbs, "comment", "say something of it to the other editors; nobody's yes is touched")
    comment.add_argument("--text", required=True, help="the comment; - is standard input")
    when = _act(verbs, "when", "choose when it leaves; every yes so far is void")
    when.add_argument("--revision", type=int, help="refuse if the words are no longer this revision")
    time = when.add_mutually_exclusive_group(required=True)
    time.add_argument("time", nargs="?", help='in the time zone of its schedule: "2026-03-29 08:45"')
    time.add_argument("--next-slot", action="store_true", help="give it back to its schedule")
    when.add_argument("--second", action="store_true", help="of a time that comes twice in autumn, the later one")
    for verb, (_, what) in MOVES.items():
        _act(verbs, verb, what).add_argument("--reason", default="", help="why; it stays in the history")
    verify = _act(verbs, "verify", "say what became of one whose outcome is unknown")
    found = verify.add_mutually_exclusive_group(required=True)
    found.add_argument("--there", action="store_const", dest="event", const=Event.CONFIRM, help="it is published")
    found.add_argument("--give-up", action="store_const", dest="event", const=Event.GIVE_UP, help="leave it unknown")


def run(arguments: argparse.Namespace) -> int:
    """Do what the verb says, and show what came of it."""
    with service(arguments) as relay:
        if arguments.verb == "list":
            _list(relay, arguments)
        elif arguments.verb == "show":
            _show(relay, arguments.id, as_json=arguments.json)
        else:
            done = _do(relay, arguments, _editor(relay, arguments.user))
            leaves = _leaves(relay, done)
            print_json(crossposts.as_json(relay, done, leaves)) if arguments.json else print_table(
                [crossposts.line(relay, done, leaves)]
            )
    return 0


def _do(relay: Relay, arguments: argparse.Namespace, editor: Editor) -> Crosspost:
    id, verb = arguments.id, arguments.verb
    if verb in MOVES:
        return relay.move(id, MOVES[verb][0], editor, MEANS, arguments.reason)
    if verb == "verify":
        return relay.move(id, arguments.event, editor, MEANS, "")
    if verb == "comment":
        return relay.remark(id, editor, MEANS, _text(arguments))
    revision = arguments.revision if arguments.revision is not None else _get(relay, id).revision
    return _of_revision(relay, arguments, editor, revision)


def _of_revision(relay: Relay, arguments: argparse.Namespace, editor: Editor, revision: int) -> Crosspost:
    """What is said of certain words."""
    id = arguments.id
    match arguments.verb:
        case "approve":
            return relay.approve(id, editor, MEANS, revision)
        case "override":
            return relay.override(id, editor, MEANS, (revision, arguments.reason))
        case "when":
            return relay.plan(id, editor, MEANS, When(revision, arguments.time or "", second=arguments.second))
        case _:
            return relay.edit(id, editor, MEANS, Words(revision, _text(arguments), arguments.warning))


def _text(arguments: argparse.Namespace) -> str:
    return sys.stdin.read() if arguments.text == "-" else str(arguments.text)


def _list(relay: Relay, arguments: argparse.Namespace) -> None:
    """A page of it: a queue may be long."""
    state, limit = arguments.state, arguments.limit
    states = (State(state),) if state else tuple(State)
    with relay.db.read() as tx:
        found = rows.by_state(tx, states, limit + 1, arguments.after)
        is_more, found = len(found) > limit, found[:limit]
        leaving = departures(tx, relay.desk, found, relay.clock())
    if is_more and found:
        print(MORE.format(id=found[-1].id), file=sys.stderr)
    if arguments.json:
        print_json([crossposts.as_json(relay, one, leaving.get(one.id)) for one in found])
    elif found:
        print_table([crossposts.line(relay, one, leaving.get(one.id)) for one in found])
        print("".join(f"{line}\n" for line in in_the_way(relay)), end="")
    else:
        print("The queue is empty." if state is None else f"Nothing is {state}.")


def _show(relay: Relay, id: int, *, as_json: bool) -> None:
    one = _get(relay, id)
    leaves = _leaves(relay, one)
    if not as_json:
        crossposts.tell(relay, one, leaves)
        return
    with relay.db.read() as tx:
        history = journal.lines(tx, id)
    print_json({**crossposts.as_json(relay, one, leaves), "history": history})


def _leaves(relay: Relay, one: Crosspost) -> Departure | None:
    with relay.db.read() as tx:
        return departure(tx, relay.desk, one, relay.clock())


def _get(relay: Relay, id: int) -> Crosspost:
    with relay.db.read() as tx:
        one = rows.get(tx, id)
    if one is None:
        raise Ending(f"there is no cross-post {id}; `relay queue list` shows those there are")
    return one


def _editor(relay: Relay, name: str) -> Editor:
    with relay.db.read() as tx:
        editor = people.get(tx, name)
    if editor is None:
        raise Ending(f"there is no editor {name!r}; `relay user list` shows who there is")
    return editor


def _about_one(verbs: "Verbs", verb: str, what: str) -> argparse.ArgumentParser:
    parser = verbs.add_parser(verb, help=what, description=what)
    parser.add_argument("id", type=number, metavar="ID")
    return parser


def _act(verbs: "Verbs", verb: str, what: str) -> argparse.ArgumentParser:
    parser = _about_one(verbs, verb, what)
    parser.add_argument("--as", dest="user", required=True, metavar="USER", help="the editor who says so")
    add_json(parser)
    add_at(parser)
    return parser
