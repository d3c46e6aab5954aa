"""``relay questions``: what relay asks editors about its sources, and their answers."""

import argparse

from relay.cli.ending import Ending
from relay.cli.output import print_json, print_table, utc
from relay.cli.session import add_at, add_json, number, service
from relay.core.question import Question
from relay.service import Relay
from relay.storage import entries, people, questions

EXAMPLE = "relay questions answer 3 yes --as camille"
MEANS = "command line"

ASKED = {
    "flood": "far more new entries than usual: none was queued; are they news?",
    "renamed": "all its entries have new names: what looks new was not queued; is it news?",
    "gone": "the feed is gone; read it at the address named, if any?",
    "missing": "the feed has long been missing; read it at the address named, if any?",
    "same": "another source brought the same news, and relay made one post of both; are they really the same?",
    "moved": "it has moved, and is asked at the address named from now on",
}
"""What each kind of question asks."""


def configure(parser: argparse.ArgumentParser) -> None:
    """To see them, and to answer one."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    listing = verbs.add_parser("list", help="open questions, the oldest first")
    say = verbs.add_parser(
        "answer", help="yes queues what was held back, or moves the source; no leaves it, or parts what was merged"
    )
    say.add_argument("id", type=number, metavar="ID")
    say.add_argument("word", choices=["yes", "no"])
    say.add_argument("--as", dest="user", required=True, metavar="USER", help="the editor who says so")
    for verb in (listing, say):
        add_json(verb)
        add_at(verb)


def run(arguments: argparse.Namespace) -> int:
    """Do what the verb says, and show what came of it."""
    with service(arguments) as relay:
        if arguments.verb == "list":
            _list(relay, as_json=arguments.json)
        else:
            _answer(relay, arguments)
    return 0


def _list(relay: Relay, *, as_json: bool) -> None:
    with relay.db.read() as tx:
        found = questions.open_(tx)
    if as_json:
        print_json([_object(relay, question) for question in found])
    elif found:
        print_table([_line(question) for question in found])
    else:
        print("No questions.")


def _answer(relay: Relay, arguments: argparse.Namespace) -> None:
    with relay.db.read() as tx:
        editor = people.get(tx, arguments.user)
    if editor is None:
        raise Ending(f"there is no editor {arguments.user!r}; `relay user list` shows who there is")
    queued = relay.answer(arguments.id, editor, MEANS, is_yes=arguments.word == "yes")
    if arguments.json:
        with relay.db.read() as tx:
            question = questions.get(tx, arguments.id)
        print_json({**(_object(relay, question) if question else {}), "queued": queued})
    else:
        print(f"Answered. {queued} cross-posts wait for an editor." if queued else "Answered.")


def _line(question: Question) -> tuple[object, ...]:
    about = question.subject or (f"{len(question.entries)} entries" if question.entries else "")
    return question.id, utc(question.asked_at), question.source_id, question.kind, about, ASKED[question.kind]


def _object(relay: Relay, question: Question) -> dict[str, object]:
    with relay.db.read() as tx:
        found = entries.by_ids(tx, question.entries)
    return {
        "id": question.id,
        "source": question.source_id,
        "kind": question.kind,
        "subject": question.subject or None,
        "entries": [
            {"id": id, "source": found[id].source_id, "title": found[id].post.headline}
            for id in question.entries
            if id in found
        ],
        "asked_at": question.asked_at,
        "answered_at": question.answered_at,
        "answer": question.answer or None,
        "by": question.by or None,
    }
