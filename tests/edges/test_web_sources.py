"""The pages of sources: who needs a person, what is known of each, and the buttons."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest

from relay.core.fetched import Fetch
from relay.core.people import Role
from relay.core.polling.pollstate import Hints, Moving, Place, PollState, Rhythm
from relay.core.question import Kind
from relay.core.source import Source, Validators
from relay.pipeline.care.seen import Trouble
from relay.storage import fetches, questions, sources
from relay.web.sources import SHOWN
from relay.web.wording.sources import SOURCES
from tests.edges.newsroom import NOON, Newsroom, open_newsroom
from tests.fakes.feed_server import FeedServer, answer, listening

HOUR = timedelta(hours=1)
REFUSED = "Write to its publisher: https://anct.exemple.fr/rss.xml refuses “relay/1 (feed-id 1; 1 subscriber)”."


@pytest.fixture
def publisher() -> Iterator[FeedServer]:
    with listening(answer(404)) as server:
        yield server


@pytest.fixture
def room(tmp_path: Path, publisher: FeedServer) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path, source=f"{publisher.url}/rss") as newsroom:
        yield newsroom


def put(room: Newsroom, state: PollState, *log: Fetch, source: str = "anct") -> None:
    """How a source does; the last of ``log`` is the newest."""
    with room.office.db.write() as tx:
        sources.save(tx, source, state, None)
        for fetch in log:
            fetches.add(tx, source, fetch)


def url(room: Newsroom) -> str:
    return room.office.desk.sources["anct"].url


def fetch(told: str = "304", **values: object) -> Fetch:
    return replace(Fetch(NOON - HOUR, told, "https://anct.exemple.fr/rss.xml"), **values)  # type: ignore[arg-type]  # the test names the fields


def text_of(html: str) -> str:
    """The words of the page's main part."""
    main = re.sub(r"<[^>]+>", " ", html.split("<main")[1].split("</main>", maxsplit=1)[0])
    return " ".join(unescape(main).replace("\u202f", " ").replace("\u00a0", " ").split())


def shown(room: Newsroom, path: str = "/sources/anct", role: Role = Role.EDITOR) -> str:
    return text_of(room.editor(f"one-{len(room.browsers)}", role).get(path).text)


TROUBLES = [
    (PollState(is_gone=True, failures=2), fetch("410: …"), Trouble.GONE),
    (PollState(failures=1, answer="… unless service.allow names it."), fetch(notes=(REFUSED,)), Trouble.FORBIDDEN),
    (PollState(failures=1), fetch("refuses", notes=(REFUSED,)), Trouble.BLOCKED),
    (PollState(failures=24, missing=24), fetch("404"), Trouble.MISSING),
    (PollState(failures=3), fetch("This is a web page, not a feed.", size=900), Trouble.UNREADABLE),
    (PollState(failures=3), fetch("did not answer in time."), Trouble.FAILING),
]


@pytest.mark.parametrize(("state", "last", "trouble"), TROUBLES)
def test_what_ails_a_source_is_called_by_its_name(
    room: Newsroom, state: PollState, last: Fetch, trouble: Trouble
) -> None:
    put(room, state, last)
    listed, own = shown(room, "/sources"), shown(room)
    assert "À voir" in listed
    assert SOURCES[f"trouble.{trouble}"][0] in listed
    assert SOURCES[f"trouble.{trouble}.lead"][0].split(" {n}")[0] in own


def test_every_trouble_has_its_words() -> None:
    assert {f"trouble.{one}{part}" for one in Trouble for part in ("", ".lead")} <= SOURCES.keys()


@pytest.mark.parametrize(
    "state", [PollState(), PollState(failures=2, answer="did not answer"), PollState(answer="429", backoff=9)]
)
def test_what_passes_by_itself_bothers_nobody(room: Newsroom, state: PollState) -> None:
    put(room, state, fetch("did not answer"))
    assert "À voir" not in shown(room, "/sources")


def test_those_that_need_a_person_come_first(room: Newsroom) -> None:
    for id in ("aaa", "mmm", "zzz"):
        room.office.desk.sources[id] = Source(id, f"https://{id}.example/", f"Source : {id}")  # type: ignore[index]  # a dictionary in fact
    put(room, PollState(is_gone=True), source="zzz")
    with room.office.db.write() as tx:
        questions.ask(tx, "mmm", Kind.FLOOD, "", (1,), NOON)
    html = room.editor().get("/sources").text
    assert re.findall(r'<li id="source-(\w+)"', html) == ["zzz", "mmm", "aaa", "anct"]
    assert "Questions ouvertes : 1" in text_of(html)


def test_a_long_list_has_pages(room: Newsroom) -> None:
    for number in range(SHOWN):
        id = f"s{number}"
        room.office.desk.sources[id] = Source(id, f"https://{id}.example/", f"Source : z{number:03}")  # type: ignore[index]  # a dictionary in fact
    browser = room.editor()
    first = browser.get("/sources").text
    (beyond,) = re.findall(r'href="(/sources\?after=\d+)"', first)
    rest = browser.get(beyond).text
    ids = [re.findall(r'<li id="source-(\w+)"', html) for html in (first, rest)]
    assert [len(page) for page in ids] == [SHOWN, 1]
    assert len({*ids[0], *ids[1]}) == SHOWN + 1
    assert 'class="button"' not in rest


def test_the_next_poll_and_why_then_are_said(room: Newsroom) -> None:
    reason = "the publisher asks for 5844 d (Cache-Control), taken as 7 d"
    put(room, PollState(due=NOON + HOUR, polled_at=NOON, answer="304", reason=reason))
    told = shown(room)
    assert (
        "mar. 24 nov. 2026, 13:00 (Paris) l’éditeur de la source demande 5844 j (Cache-Control), retenu : 7 j" in told
    )
    assert "rien de neuf (304) mar. 24 nov. 2026, 12:00 (Paris)" in told


def test_a_gone_source_is_asked_never_and_not_as_soon_as_possible(room: Newsroom) -> None:
    put(room, PollState(polled_at=NOON, is_gone=True, reason="gone: it is not asked any more"))
    assert "Prochaine lecture jamais disparue" in shown(room)


def test_each_of_the_last_fetches_is_told(room: Newsroom) -> None:
    note = "“Un titre” changes at every fetch: it is no longer followed."
    put(
        room,
        PollState(),
        fetch("200", size=12345, seconds=0.42, new=3, edited=1, notes=(note,)),
        fetch(saved=12345, seconds=0.11),
        fetch("a.fr did not answer in time.", seconds=30.0),
    )
    told = shown(room).split("Dernières lectures")[1]
    assert "Lectures : 3 · rien de neuf (304) : 1 · relues sans nouveauté : 0 · avec du neuf : 1 · échecs : 1" in told
    assert "24 nov. 11:00 a.fr n’a pas répondu à temps. à https://anct.exemple.fr/rss.xml – – – 30 s" in told
    assert "12,3 ko épargnés 110 ms" in told
    assert "« Un titre » change à chaque lecture : relay ne la suit plus. 3 1 12,3 ko 420 ms" in told
    assert "nouvelles entrées : 3 épargné par les 304 : 12,3 ko" in shown(room, "/sources")


def test_each_fetch_is_a_bar(room: Newsroom) -> None:
    put(room, PollState(), fetch("200", new=1), fetch("200"), fetch(), fetch("broken"))
    bars = re.findall(r'<rect class="(\w+)" x="(\d+)"', room.editor().get("/sources/anct").text)
    assert sorted(bars, key=lambda bar: int(bar[1])) == [
        ("news", "368"),
        ("read", "376"),
        ("same", "384"),
        ("failed", "392"),
    ]


def test_what_relay_has_learnt_is_told(room: Newsroom) -> None:
    moving = Moving("https://c.example/rss", NOON - 48 * HOUR, 3)
    place = Place(url(room), "https://b.example/rss", (url(room),), moving, "https://c.example/rss")
    hints = Hints(timedelta(days=5844), HOUR, None, frozenset({3, 4}), frozenset({6}))
    rhythm = Rhythm(NOON - HOUR, timedelta(days=3))
    put(room, PollState(place=place, hints=hints, rhythm=rhythm, validators=Validators(b'W/"\xe9"', b"Tue, 24")))
    told = shown(room)
    for fact in (
        f"Adresse configurée {url(room)} Interrogée à https://b.example/rss Réponse venue de https://c.example/rss",
        "3 lectures sur 5 depuis le dim. 22 nov. 2026, 12:00 (Paris) ; crue au plus tôt le dim. 29 nov. 2026",
        "Il y manque encore une entrée connue.",
        "environ une entrée en 3 jours la dernière : mar. 24 nov. 2026, 11:00 (Paris)",
        "au plus une fois en 16 ans (Cache-Control) retenu au plus : 7 jours au plus une fois en 1 heure (ttl)",
        "pas à ces heures (GMT) : 3, 4 pas ces jours (GMT) : dim.",
        'Validateurs W/"é" Tue, 24',
    ):
        assert fact in told


def test_where_relay_is_refused_it_says_what_to_write(room: Newsroom) -> None:
    refusal = "anct.exemple.fr wants proof that a person is asking (a bot check)."
    put(room, PollState(failures=1, answer=refusal), fetch(refusal, notes=(REFUSED,)))
    html = room.editor().get("/sources/anct").text
    letter = unescape(html.split("<textarea")[1].split("</textarea>")[0])
    assert url(room) in letter
    assert room.office.reader.name("anct") in letter
    assert "preuve qu’une personne demande" in letter
    assert '<details class="letter-out" open>' in html
    assert "readonly" in letter.split(">")[0]


def test_the_letter_is_in_the_language_of_the_source(room: Newsroom) -> None:
    own = room.office.desk.sources["anct"]
    room.office.desk.sources["anct"] = replace(own, language="en-GB")  # type: ignore[index]  # a dictionary in fact
    put(room, PollState(failures=1, answer="a.fr refuses this reader (403)."), fetch("x", notes=(REFUSED,)))
    letter = room.editor().get("/sources/anct").text.split("<textarea")[1]
    assert letter.startswith(' lang="en"')
    assert "Your server refuses us: a.fr refuses this reader (403)." in letter


def test_what_was_repaired_is_told_until_a_better_document_comes(room: Newsroom) -> None:
    put(
        room, PollState(), fetch("200", new=1, notes=("repaired: undeclared entity &nbsp;", "repaired: ill-formed XML"))
    )
    put(room, PollState(), fetch())
    told = shown(room)
    assert "Réparé à la lecture · entité non déclarée &nbsp; · XML mal formé" in told
    assert "n’est pas tout à fait bien formé (entité non déclarée &nbsp;, XML mal formé)" in told
    put(room, PollState(), fetch("200", new=1))
    assert "Réparé" not in shown(room).split("Dernières lectures")[0]


@pytest.mark.parametrize("path", ["/sources/nobody", "/sources/anct/ask", "/sources/anct/nonsense"])
def test_there_is_nothing_else(room: Newsroom, path: str) -> None:
    assert room.editor().get(path).status_code in {404, 405}
    assert room.editor("dora").post("/sources/anct/nonsense").status_code == 404
    assert room.editor("enzo").post("/sources/nobody/ask").status_code == 404


def test_it_is_all_there_in_english(room: Newsroom) -> None:
    put(room, PollState(due=NOON, reason="every 1 h, as configured"), fetch("200", size=12345, new=1))
    told = shown(room, "/sources/anct?lang=en")
    assert "Ask now" in told
    assert "every 1 h, as configured" in told
    assert "24 Nov 11:00 read (200)" in told
    assert "12.3 kB" in told
