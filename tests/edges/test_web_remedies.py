"""The buttons of a source's page: what each asks for, what is said then, and whose they are."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from relay.core.people import Role
from relay.core.polling.pollstate import Place, PollState
from relay.core.source import Validators
from relay.storage import sources
from tests.edges.newsroom import NOON, Newsroom, open_newsroom
from tests.edges.pages import feed, page
from tests.edges.test_web_sources import put, text_of, url
from tests.fakes.feed_server import FeedServer, answer, listening

HOUR = timedelta(hours=1)


@pytest.fixture
def publisher() -> Iterator[FeedServer]:
    with listening(answer(404)) as server:
        yield server


@pytest.fixture
def room(tmp_path: Path, publisher: FeedServer) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path, source=f"{publisher.url}/rss") as newsroom:
        yield newsroom


def press(room: Newsroom, remedy: str, **form: str) -> str:
    """Press a button as an editor; the words of the page that comes then."""
    browser = room.editor(f"one-{len(room.browsers)}")
    browser.follow_redirects = True
    return text_of(browser.post(f"/sources/anct/{remedy}", data=form).text)


def buttons(room: Newsroom, role: Role = Role.EDITOR) -> list[str]:
    html = room.editor(f"one-{len(room.browsers)}", role).get("/sources/anct").text
    return re.findall(r'action="/sources/anct/(\w+)"', html)


def test_ask_now_asks_politely_and_says_what_came(room: Newsroom, publisher: FeedServer) -> None:
    publisher.pages["/rss"] = feed()
    put(room, PollState(succeeded_at=NOON, validators=Validators(b'"v1"', None, url(room))))
    told = press(room, "ask")
    assert "Réponse : lue (200) Nouvelles entrées : 1." in told
    assert [one.header(b"if-none-match") for one in publisher.asked] == [b'"v1"']
    assert room.nudged == ["publish"]


def test_read_whole_asks_without_conditions(room: Newsroom, publisher: FeedServer) -> None:
    publisher.pages["/rss"] = answer(404)
    put(room, PollState(succeeded_at=NOON, validators=Validators(b'"v1"', None, url(room))))
    told = press(room, "whole")
    assert "Réponse : 127.0.0.1:" in told
    assert [one.header(b"if-none-match") for one in publisher.asked] == [None]
    assert room.nudged == []


def test_a_host_that_wants_peace_is_not_asked_and_that_is_said(room: Newsroom, publisher: FeedServer) -> None:
    publisher.pages["/rss"] = answer(429, headers=[(b"Retry-After", b"7200")])
    assert "trouve que relay demande trop souvent (429)." in press(room, "ask")
    room.clock.now += HOUR
    told = press(room, "ask")
    assert "Rien n’a été demandé : on laisse son serveur tranquille jusqu’au mar. 24 nov. 2026, 14:00 (Paris)." in told
    assert len(publisher.asked) == 1


def test_its_feed_is_looked_for_and_used_by_a_button(room: Newsroom, publisher: FeedServer) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/flux.xml">'
    publisher.pages |= {"/": page(link), "/flux.xml": feed("Ma ville")}
    told = press(room, "look")
    assert f"Trouvé sur {publisher.url}/ Ma ville {publisher.url}/flux.xml" in told
    assert "la page le nomme · entrées : 1, dont déjà connues : 0" in told
    assert "C’est noté : relay l’interroge désormais" in press(room, "use", url=f"{publisher.url}/flux.xml")
    with room.office.db.read() as tx:
        assert sources.state(tx, "anct").place.url == f"{publisher.url}/flux.xml"
    assert "relay revient à l’adresse configurée" in press(room, "back")
    with room.office.db.read() as tx:
        assert sources.state(tx, "anct").place.url == ""


def test_looking_in_vain_is_said(room: Newsroom, publisher: FeedServer) -> None:
    told = press(room, "look")
    assert f"Aucun flux sur {publisher.url}/." in told
    assert "a répondu 404" in told
    html = room.editor("dora").post("/sources/anct/look").text
    assert 'href="/sources/anct?lang=en"' in html


def test_a_refusal_is_said_on_the_page_in_its_language(room: Newsroom, publisher: FeedServer) -> None:
    publisher.pages["/page"] = page("Rien.")
    browser = room.editor()
    answered = browser.post("/sources/anct/use", data={"url": f"{publisher.url}/page"})
    assert answered.status_code == 409
    assert f"Rien à {publisher.url}/page ne se lit comme un flux. C’est une page web, pas un flux." in text_of(
        answered.text
    )


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.VIEWER, []),
        (Role.WRITER, []),
        (Role.EDITOR, ["ask", "whole", "look", "back"]),
        (Role.DIRECTOR, ["ask", "whole", "look", "back"]),
        (Role.ADMIN, ["ask", "whole", "look"]),
    ],
)
def test_the_buttons_are_those_that_do_something_for_this_person(
    room: Newsroom, role: Role, expected: list[str]
) -> None:
    place = Place(url(room), "https://b.example/rss", (url(room),))
    put(room, PollState(place=place, validators=Validators(b'"a"')))
    assert buttons(room, role) == expected
    refused = room.editor(f"other-{role}", role).post("/sources/anct/back").status_code
    assert refused == (303 if "back" in expected else 403)


def test_a_button_that_would_do_nothing_is_not_there(room: Newsroom) -> None:
    assert buttons(room) == ["ask", "look"]
