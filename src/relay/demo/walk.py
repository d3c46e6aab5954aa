"""One entry through every step, headless, each step printed with what it made."""

import logging
from datetime import timedelta
from itertools import groupby

from relay.core.compose import headline
from relay.core.crosspost import Crosspost, State
from relay.core.document import Fetched, ParsedFeed
from relay.core.identity.changes import decide
from relay.core.language.length import measure
from relay.core.markup.html import to_text
from relay.core.normalise import normalise, slug
from relay.core.people import Editor
from relay.core.source import Source, Validators
from relay.pipeline import deliver
from relay.pipeline.tidy import tidy
from relay.service import Relay
from relay.storage import crossposts, journal, sources
from relay.wiring import at

SENT, FAILED = 0, 1


def walk(relay: Relay, editor: Editor) -> int:
    """Take the newest entry of the first source to the first account. 0 when it is there."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    source = _due(relay)
    document = _read(relay, source)
    _made(relay, source, document)
    _stored(relay, source)
    _published(relay)
    approved = _approved(relay, editor)
    return _sent(relay, approved)


def _due(relay: Relay) -> Source:
    _say(1, "schedule/embedded.py · job poll → pipeline/poll.py · poll_due", "the tick: which sources are due?")
    with relay.db.read() as tx:
        due = sources.due(tx, tuple(relay.desk.sources), relay.clock())
    _say(2, "storage/sources.py · due", f"due now: {', '.join(name for name, _ in due)}")
    return relay.desk.sources[due[0][0]]


def _read(relay: Relay, source: Source) -> ParsedFeed:
    answer = relay.reader.ask(source, source.url, Validators())
    if not isinstance(answer, Fetched):
        raise SystemExit(f"relay: the sample source did not answer: {answer}")
    etag = (answer.validators.etag or b"none").decode("latin-1")
    _say(3, "intake/fetch.py · fetch", f"200, {len(answer.body)} bytes of {answer.content_type}, ETag {etag}")
    document = relay.reader.parsing.feed(answer.body, answer.url, answer.content_type)
    _say(4, "intake/parse.py · parse", f"{document.format}: {document.title}, {len(document.entries)} entries")
    return document


def _made(relay: Relay, source: Source, document: ParsedFeed) -> None:
    changes = decide(document.entries, (), source, is_first=True)
    offered = sum(not change.is_backlog for change in changes)
    _say(5, "core/identity/changes.py · decide", f"{len(changes)} new, of which {offered} are put before the editors")
    newest = changes[-1].entry
    post = normalise(newest, source, relay.desk.home(source.id), slug(newest), (), relay.clock())
    picture = post.picture.alt if post.picture else "none"
    title = headline(post, relay.desk.feeds[0].form.title, relay.desk.directory)
    _say(6, "core/normalise.py · normalise", title, post.credit, f"lead: {post.lead}", f"picture: {picture}")
    _more(f"excerpt: {len(to_text(post.body_html))} characters · more: {post.more_url}")
    for number, (account, (_, draft)) in enumerate(relay.desk.drafts(post).items()):
        used = ", ".join(
            f"{count.used}/{count.max} {count.unit}" for count in measure(draft.text, relay.desk.limits(account))
        )
        line = f"{account}, {used}: {draft.text!r}"
        _more(line) if number else _say(7, "core/compose.py · compose", line)


def _stored(relay: Relay, source: Source) -> None:
    polled = relay.poll([source.id])[0]
    _say(
        8,
        "storage/entries.py, crossposts.py, sources.py · one transaction",
        f"{polled.new} entries, {polled.queued} cross-posts waiting",
        f"next poll {polled.state.due:%H:%M} UTC: {polled.state.reason}",
    )


def _published(relay: Relay) -> None:
    _more(f"pipeline/pictures.py · look: {relay.look()} pictures looked at, without a word of where they were taken")
    written = relay.publish()
    folder = relay.configuration.service.feeds
    _say(
        9, "pipeline/publish.py · publish → publish/atom.py, … → publish/write.py", f"{len(written)} files in {folder}"
    )
    _more(", ".join(path for path in written if path.endswith((".xml", ".json", "index.html"))))


def _approved(relay: Relay, editor: Editor) -> Crosspost:
    with relay.db.read() as tx:
        waiting = crossposts.by_state(tx, (State.WAITING,))[-2]
    approved = relay.approve(waiting.id, editor, "demo", waiting.revision)
    _say(
        10,
        "pipeline/review.py → core/review/workflow.py · approve",
        f"cross-post {approved.id} for {approved.account}: {waiting.state} → {approved.state}",
        f"{editor.name} said yes to revision {approved.revision}; recall until {approved.not_before:%H:%M:%S} UTC",
    )
    return approved


def _sent(relay: Relay, approved: Crosspost) -> int:
    later = at(relay, relay.clock() + timedelta(minutes=1))
    tidy(later.db, later.posting, later.desk, later.clock())
    deliver.deliver(later.db, later.posting, later.desk, later.clock)
    with relay.db.read() as tx:
        sent = crossposts.get(tx, approved.id)
        history = journal.lines(tx, approved.id)
    if sent is None or sent.request is None:
        return FAILED
    _say(
        11,
        "pipeline/deliver.py · deliver → pipeline/delivering/claiming.py · claim → core/review/workflow.py · claim",
        f"attempt {sent.attempt}, journalled before the socket opens",
    )
    _say(
        12,
        "pipeline/delivering/sending.py · send → networks/sandbox/network.py · prepare, publish",
        f"request {sent.request.key} → {sent.remote_url}",
    )
    _say(
        13,
        "core/review/settling.py · settle → storage/crossposts.py · replace",
        " → ".join(state for state, _ in groupby(line.to_state for line in history)),
    )
    return SENT if sent.state is State.SENT else FAILED


def _say(number: int, where: str, *made: str) -> None:
    print(f"{number:2}  {where}")
    for line in made:
        _more(line)


def _more(line: str) -> None:
    print(f"      {line}")
