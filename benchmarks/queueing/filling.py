"""A database with a long queue, made quickly: rows as relay writes them, many in one statement."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import TypeVar

from sqlalchemy import Connection, insert, text

from relay.core.crosspost import Crosspost, Draft, State
from relay.core.people import Role
from relay.core.post import Post
from relay.storage import crossposts, findable, people, rows, sessions
from relay.storage.database import Database
from relay.storage.schema import migrate
from relay.storage.tables import editorial, finding, review

TOKEN = "a-session-of-the-benchmark"  # noqa: S105  # it opens a database that is thrown away
ACCOUNTS = ("masto", "bsky")
SOURCES = 20
BESIDE = {State.SENT: 0.2, State.SCHEDULED: 0.003, State.HELD: 0.001, State.FAILED: 0.0005, State.CHANGES: 0.001}
"""Beside what waits, as shares of it."""
RARE = "zibeline"
"""A word that stands in one headline of ten thousand."""
_AT_ONCE = 1000
_START = datetime(2026, 1, 1, tzinfo=UTC)
_TEXT = """
quartier ville habitant commune logement programme conseil citoyen rénovation place école marché santé maison
service public territoire région association bailleur projet équipe atelier carte enquête budget année rue
transport emploi jeunesse culture sport musée bibliothèque jardin eau énergie climat chantier concours appel
étude bilan rapport mesure plan contrat charte fonds aide prime loi décret réforme élu maire préfet ministre
agence métropole village bourg littoral montagne fleuve gare tramway vélo trottoir crèche collège lycée
hôpital médecin pharmacie commerce artisan usine friche tour îlot façade toiture isolation chaleur réseau
fibre numérique donnée accueil guichet permanence fête
"""
_WORDS = tuple(_TEXT.split())

Row = dict[str, object]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Queue:
    """``middle`` is a cross-post that waits in the middle, with its words; ``ids`` are the first that wait."""

    waiting: int
    middle: int
    ids: tuple[int, ...]


def fill(db: Database, waiting: int) -> Queue:
    """So many cross-posts that wait, others beside them, and an editor who is signed in by ``TOKEN``."""
    migrate(db)
    states = [State.WAITING] * waiting
    states += [state for state, share in BESIDE.items() for _ in range(max(int(waiting * share), 2))]
    pairs = [states[at : at + len(ACCOUNTS)] for at in range(0, len(states), len(ACCOUNTS))]
    with db.write() as tx:
        for some in _chunks(enumerate(pairs, 1)):
            _store(tx, some)
        people.add(tx, "camille", Role.EDITOR, _START)
        sessions.add(tx, TOKEN, "camille", datetime.now(UTC))  # noqa: TID251  # the server has this clock too
        if tx.dialect.name == "postgresql":
            tx.execute(text("SELECT setval('entries_id_seq', :n)"), {"n": len(pairs)})
            tx.execute(text("SELECT setval('crossposts_id_seq', :n)"), {"n": len(states)})
    _settle(db)
    return Queue(waiting, waiting // 2, tuple(range(1, 21)))


def _store(tx: Connection, some: Sequence[tuple[int, Sequence[State]]]) -> None:
    posts = {number: _post(number) for number, _ in some}
    tx.execute(insert(editorial.entries), [_entry(number, post) for number, post in posts.items()])
    own = [_crosspost(number, posts[number], at, state) for number, of in some for at, state in enumerate(of)]
    tx.execute(insert(review.crossposts), [{"id": one.id, **crossposts._values(one)} for one in own])  # noqa: SLF001  # rows as relay writes them
    found = [(one, posts[one.entry_id].source_id) for one in own]
    tx.execute(
        insert(finding.findable),
        [{"crosspost_id": one.id, "source_id": source, **findable.found_by(one.draft)} for one, source in found],
    )


def _entry(number: int, post: Post) -> Row:
    said = {"guid": post.id, "url": post.more_url, "title": post.headline, "fingerprint": f"{number:064}"}
    dates = {"first_seen": post.published, "published": post.published, "updated": post.updated}
    own = {"id": number, "source_id": post.source_id, "slug": post.slug, "changed": number}
    return {**own, **said, **dates, "post": rows.dump(post)}


def _post(number: int) -> Post:
    chance = Random(number)  # noqa: S311  # the same queue each time
    headline = _said(chance, 9).capitalize() + (f" {RARE}" if number % 10_000 == 7 else "")
    at = _START + timedelta(minutes=number)
    address = f"https://source-{number % SOURCES}.exemple.fr/{number}"
    body = "".join(f"<p>{_said(chance, 60).capitalize()}.</p>" for _ in range(4))
    return Post(
        id=f"tag:exemple.fr,2026:{number}",
        slug=f"entree-{number}",
        source_id=f"s{number % SOURCES}",
        headline=headline,
        handles=(),
        hashtags=("Ville",),
        picture=None,
        related=(),
        categories=(),
        author=None,
        lead=f"{_said(chance, 20).capitalize()}.",
        body_html=body,
        more_url=address,
        credit=f"Source : Agence {number % SOURCES}",
        credit_url=address,
        language="fr",
        published=at,
        updated=at,
        url=address,
    )


def _crosspost(number: int, post: Post, at: int, state: State) -> Crosspost:
    id = (number - 1) * len(ACCOUNTS) + at + 1
    words = f"{post.headline}\n\n{post.lead}\n\n{post.url} #Ville"
    leaves = _soon(id) if state is State.SCHEDULED else None
    draft = Draft(words, "fr", post.url or "", post.headline, post.lead)
    dates = {"created_at": post.published, "changed_at": post.published}
    return Crosspost(id, number, ACCOUNTS[at], 0, state, 1, draft, not_before=leaves, **dates)  # type: ignore[arg-type]  # both are times


def _soon(id: int) -> datetime:
    """In the next week, and not while this runs."""
    return datetime.now(UTC) + timedelta(days=1, minutes=id % 10_000)  # noqa: TID251  # the server has this clock too


def _said(chance: Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words))


def _settle(db: Database) -> None:
    """What PostgreSQL does by itself within a minute."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _chunks(values: Iterator[Value]) -> Iterator[list[Value]]:
    while some := list(islice(values, _AT_ONCE)):
        yield some
