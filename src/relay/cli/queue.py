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
from relay.pipeline.review import Words
from relay.service import Relay
from relay.storage import crossposts as rows
from relay.storage import journal, people

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
    listing.add_argument("--state", choices=[str(state) for state in State])
    for reading in (listing, _about_one(verbs, "show", "one cross-post, with its words and its history")):
        add_json(reading)
        add_at(reading)
    approve = _act(verbs, "approve", "say yes to its words as they stand")
    approve.add_argument("--revision", type=int, help="refuse if the words are no longer this revision")
    edit = _act(verbs, "edit", "change its words, or propose others for what is public; every yes so far is void")
    edit.add_argument("--revision", type=int, help="refuse if the words are no longer this revision")
    edit.add_argument("--text", required=True, help="the new words; - is standard input")
    edit.add_argument("--warning", help="the content warning; an empty one takes it away")
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
            print_json(crossposts.as_json(relay, done)) if arguments.json else print_table(
                [crossposts.line(relay, done)]
            )
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
    return relay.edit(id, editor, MEANS, Words(revision, text, arguments.warning))


def _list(relay: Relay, state: str | None, *, as_json: bool) -> None:
    states = (State(state),) if state else tuple(State)
    with relay.db.read() as tx:
        found = rows.by_state(tx, states)
    if as_json:
        print_json([crossposts.as_json(relay, one) for one in found])
    elif found:
        print_table([crossposts.line(relay, one) for one in found])
        print("".join(f"{line}\n" for line in in_the_way(relay)), end="")
    else:
        print("The queue is empty." if state is None else f"Nothing is {state}.")


def _show(relay: Relay, id: int, *, as_json: bool) -> None:
    one = _get(relay, id)
    if not as_json:
        crossposts.tell(relay, one)
        return
    with relay.db.read() as tx:
        history = journal.lines(tx, id)
    print_json({**crossposts.as_json(relay, one), "history": history})


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
