"""Step 9: from stored posts to the files that subscribers read, as many of them as what changed asks for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby, takewhile
from pathlib import Path

from relay.pipeline.deriving import every, list_all
from relay.pipeline.desk import Desk
from relay.pipeline.picturing.editions import clear, drop, put
from relay.pipeline.publishing import looks, printing
from relay.pipeline.publishing.calendar import Calendar
from relay.pipeline.publishing.planning import Plan, concerned, current_looks, plan
from relay.pipeline.publishing.press import Press
from relay.pipeline.today import current
from relay.publish.format import Document, Edition, Format
from relay.publish.write import remove, write
from relay.storage import changing, printed, progress
from relay.storage.database import Database
from relay.storage.progress import Progress


def publish(
    db: Database, desk: Desk, formats: Mapping[str, Format], folder: Path, now: datetime, *, whole: bool = False
) -> list[str]:
    """Bring every outgoing feed up to date; the files that changed, relative to ``folder``.

    ``whole`` makes every document anew, and writes those that are missing or differ.
    """
    written: list[str] = []
    failures: list[Exception] = []
    feeds = every(db, desk, now)
    with db.read() as tx:
        seen, directory = changing.head(tx), looks.of_directory(current(tx, desk).directory)
    untouched: list[str] = []
    for feed in feeds:
        press = Press(db, desk, feed, formats, folder / feed.id, now, directory)
        try:
            with desk.tracing.span("publish", feed_id=feed.id) as span:
                paths = _publish(press, whole=whole)
                span.say(documents=len(paths or ()))
        except Exception as error:  # noqa: BLE001  # it is raised again below: one feed stops no other
            failures.append(error)
        else:
            untouched += [feed.id] if paths is None else []
            written += [f"{feed.id}/{path}" for path in paths or ()]
    _skip(db, untouched, seen, now)
    written += list_all(db, desk, feeds, folder)
    if failures:
        raise failures[0]
    return written


def documents(edition: Edition, formats: Mapping[str, Format]) -> list[Document]:
    """The documents of every format that the feed has; pages first, so that no feed names one that is not there yet."""
    return printing.documents(edition, dict(formats))


def _publish(press: Press, *, whole: bool) -> Sequence[str] | None:
    """The paths that changed; ``None`` where nothing that changed concerns the feed."""
    with press.db.read() as tx:
        before = progress.read(tx, press.feed.id)
        whole = whole or (printed.is_any(tx, press.feed.id) and not press.is_whole())
        if not whole and current_looks(tx, press) == before.looks and not concerned(tx, press, before):
            return None
    with press.db.write() as tx:
        printing.tag(tx, press)
        progress.begin(tx, press.feed.id, press.now)
    reached: Progress | None = None
    try:
        written, reached = _bring_up(press, before, whole=whole)
        return written
    finally:
        with press.db.write() as tx:
            progress.end(tx, press.feed.id, reached)


def _bring_up(press: Press, before: Progress, *, whole: bool) -> tuple[list[str], Progress]:
    """Once more if somebody stored more meanwhile: of two that write at once, whoever is last has the newest."""
    written: dict[str, None] = {}
    while True:
        with press.db.write() as tx:
            found = plan(tx, press, before, whole=whole)
        written |= dict.fromkeys(carry_out(press, found, sweeps=whole or not before.is_clean))
        with press.db.read() as tx:
            if current_looks(tx, press) == found.reached.looks and not concerned(tx, press, found.reached):
                return list(written), found.reached
        before, whole = found.reached, False


def carry_out(press: Press, found: Plan, *, sweeps: bool) -> Iterator[str]:
    """Write what a plan asks for → the paths that changed, as they do.

    Pictures come before the documents that show them, and go after those that showed them.
    """
    for sheaf in printing.printing(press, found):
        yield from put(press.db, press.folder, sheaf.files)
        yield from _written(press.folder, sheaf.documents, sweeps=sweeps)
    yield from _remove_surplus(press, found)
    if found.is_whole:
        yield from clear(press.folder, printing.pictures_needed(press))
    elif found.dropped:
        yield from drop(press.folder, found.dropped - printing.pictures_needed(press))


def _written(folder: Path, documents: Sequence[Document], *, sweeps: bool) -> Iterator[str]:
    """Documents one after the other into the folders where they stand, those that stand beside each other together."""
    for within, some in groupby(documents, lambda one: one.path.rpartition("/")[0]):
        beside = [replace(one, path=one.path.rpartition("/")[2]) for one in some]
        written = write(folder / within if within else folder, beside, sweeps=sweeps)
        yield from (f"{within}/{path}" if within else path for path in written)


def _remove_surplus(press: Press, found: Plan) -> Iterator[str]:
    """Pages of months that have lost posts."""
    with press.db.read() as tx:
        calendar = Calendar(tx, press.feed.id, press.feed.size)
        names = [
            [*takewhile(lambda path: (press.folder / path).exists(), calendar.surplus(month))] for month in found.months
        ]
    for path in (path for some in names for path in some):
        within, _, name = path.rpartition("/")
        remove(press.folder / within, [name])
        yield path


def _skip(db: Database, feed_ids: Sequence[str], seen: int, now: datetime) -> None:
    """Nothing that changed concerns these feeds: the next publish need not look at it again."""
    with db.read() as tx:
        behind = [id for id in feed_ids if progress.read(tx, id).seen < seen]
    if behind:
        with db.write() as tx:
            progress.skip(tx, behind, seen, now)
