"""What a person can have done for a source: asked now, asked whole, looked for, asked elsewhere."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import httpx
import pytest

from relay.core.people import Editor, Role
from relay.core.polling.pause import Pause
from relay.core.polling.pollstate import Moving, Place, PollState
from relay.core.question import Kind, Question
from relay.core.review.moving import Refusal
from relay.core.source import Selectors, Validators
from relay.pipeline.care import remedies, seeking
from relay.pipeline.care.remedies import Remedy, Wish
from relay.pipeline.polling.asking import Polled
from relay.pipeline.reading.reader import Reader
from relay.storage import pauses, questions, sources
from tests.pipeline.world import CAMILLE, World

URL, ELSEWHERE = "https://agence.example/rss", "https://agence.example/flux.xml"
PAGE = b'<html><head><link rel="alternate" type="application/rss+xml" href="/flux.xml"></head></html>'


@dataclass
class Site:
    """The agency's whole site: what is in ``pages``, else its feed, else nothing."""

    world: World
    pages: dict[str, httpx.Response]
    asked: list[httpx.Request]

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if str(request.url) in self.pages:
            return self.pages[str(request.url)]
        return self.world.agency.answer(request) if str(request.url) == URL else httpx.Response(404)


@pytest.fixture
def site(world: World) -> Site:
    world.poll()
    home = httpx.Response(200, headers={"Content-Type": "text/html"}, content=PAGE)
    return Site(world, {"https://agence.example/": home}, [])


@pytest.fixture
def reader(site: Site) -> Iterator[Reader]:
    with httpx.Client(transport=httpx.MockTransport(site.answer)) as http:
        yield Reader.over(http)


def state(world: World) -> PollState:
    with world.db.read() as tx:
        return sources.state(tx, "cget")


def set_state(world: World, change: Callable[[PollState], PollState]) -> None:
    with world.db.write() as tx:
        sources.save(tx, "cget", change(sources.state(tx, "cget")), None)


def asked(world: World) -> list[Question]:
    with world.db.read() as tx:
        return questions.open_(tx)


def wish(remedy: Remedy, url: str = "", editor: Editor = CAMILLE) -> Wish:
    return Wish("cget", remedy, editor, "test", url)


def move_feed(site: Site) -> None:
    """The feed is at its new address only."""
    site.pages[ELSEWHERE] = httpx.Response(200, content=site.world.agency.feed())
    site.pages[URL] = httpx.Response(404)


def test_who_asks_now_asks_with_conditions_before_it_is_due(world: World, site: Site, reader: Reader) -> None:
    polled = remedies.ask_now(world.db, reader, world.desk, "cget", world.now + timedelta(minutes=1))
    assert polled.state.answer == "304"
    assert site.asked[0].headers["If-None-Match"] == '"v1"'


def test_who_asks_for_the_whole_sends_no_conditions_once(world: World, site: Site, reader: Reader) -> None:
    for step, ask in enumerate((remedies.ask_whole, remedies.ask_now), start=1):
        ask(world.db, reader, world.desk, "cget", world.now + step * timedelta(minutes=1))
    assert [request.headers.get("If-None-Match") for request in site.asked] == [None, '"v1"']
    assert "A-IM" not in site.asked[0].headers
    assert state(world).validators.etag == b'"v1"'


def test_a_whole_document_is_read_again_though_it_is_the_same(world: World, site: Site, reader: Reader) -> None:
    """A later version may read in it what this one did not; nothing is stored twice."""
    polled = remedies.ask_whole(world.db, reader, world.desk, "cget", world.now)
    assert (polled.state.answer, polled.new, polled.edited) == ("200", 0, 0)
    assert len(site.asked) == 1


@pytest.mark.parametrize("ask", [remedies.ask_now, remedies.ask_whole])
def test_a_host_that_wants_to_be_left_alone_is(
    world: World, site: Site, reader: Reader, ask: Callable[..., Polled]
) -> None:
    until = world.now + timedelta(hours=3)
    with world.db.write() as tx:
        pauses.put(tx, "agence.example", Pause(until, 1, "429"))
    polled = ask(world.db, reader, world.desk, "cget", world.now)
    assert site.asked == []
    assert polled.state.due
    assert polled.state.due >= until
    with pytest.raises(Refusal, match=r"agence\.example wants to be left alone until 2026-11-24 15:00 UTC"):
        seeking.look(world.db, reader, world.desk, "cget", world.now)
    with pytest.raises(Refusal, match="wants to be left alone"):
        remedies.use(world.db, reader, world.desk, wish(Remedy.USE, ELSEWHERE), world.now)
    assert site.asked == []


def test_a_gone_feed_that_answers_again_is_alive(world: World, site: Site, reader: Reader) -> None:
    set_state(world, lambda old: replace(old, is_gone=True, due=None, gone_at=world.now - timedelta(days=2)))
    polled = remedies.ask_now(world.db, reader, world.desk, "cget", world.now)
    assert (polled.state.is_gone, polled.state.due is not None) == (False, True)
    assert len(site.asked) == 1  # its site was not searched


def test_a_gone_feed_that_says_so_again_stays_gone(world: World, site: Site, reader: Reader) -> None:
    set_state(world, lambda old: replace(old, is_gone=True, due=None, gone_at=world.now - timedelta(days=2)))
    site.pages[URL] = httpx.Response(410)
    assert remedies.ask_now(world.db, reader, world.desk, "cget", world.now).state.is_gone


def test_looking_finds_the_feed_and_says_what_is_known_of_it(world: World, site: Site, reader: Reader) -> None:
    move_feed(site)
    looked = seeking.look(world.db, reader, world.desk, "cget", world.now)
    (found,) = looked.candidates
    assert (found.url, found.how, found.title, found.is_current) == (ELSEWHERE, "LINK", "Agence", False)
    assert (found.entries, found.known) == (2, 2)
    assert state(world).place.url == ""


def test_looking_in_vain_says_why(world: World, site: Site, reader: Reader) -> None:
    site.pages = {"https://agence.example/": httpx.Response(500)}
    looked = seeking.look(world.db, reader, world.desk, "cget", world.now)
    assert (looked.candidates, looked.why) == ((), "agence.example answered 500 Internal Server Error.")


def test_a_new_address_is_used_as_after_a_yes_to_the_question(world: World, site: Site, reader: Reader) -> None:
    move_feed(site)
    with world.db.write() as tx:
        questions.ask(tx, "cget", Kind.MISSING, "https://agence.example/other", (), world.now)
    remedies.use(world.db, reader, world.desk, wish(Remedy.USE, ELSEWHERE), world.now)
    after = state(world)
    assert (after.place.url, after.place.aliases, after.validators) == (ELSEWHERE, (URL,), Validators())
    assert asked(world) == []
    with world.db.read() as tx:
        settled = questions.get(tx, 2)
    assert settled
    assert (settled.subject, settled.answer, settled.by) == (ELSEWHERE, "yes", "camille")
    polled = remedies.ask_now(world.db, reader, world.desk, "cget", world.now)
    assert (polled.state.answer, polled.new) == ("200", 0)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://agence.example/", "can be read as a feed. This is a web page, not a feed."),
        ("https://agence.example/nowhere", "can be read as a feed. agence.example answered 404"),
        ("http://", "“http://” is no address of the web."),
        ("https://[/", "“https://[/” is no address of the web."),
        ("nonsense", "“nonsense” is no address of the web."),
        ("", "“” is no address of the web."),
        (URL, "It is asked at https://agence.example/rss already."),
    ],
)
def test_what_is_no_feed_is_no_address(world: World, site: Site, reader: Reader, url: str, why: str) -> None:
    with pytest.raises(Refusal) as refusal:
        remedies.use(world.db, reader, world.desk, wish(Remedy.USE, url), world.now)
    assert why in str(refusal.value)
    assert (state(world).place.url, asked(world)) == ("", [])
    assert len(site.asked) <= 1


def test_a_move_is_forgotten_and_who_said_so_remembered(world: World, site: Site, reader: Reader) -> None:
    moved = Place(URL, ELSEWHERE, (URL,), Moving("https://a.example/", world.now))
    set_state(world, lambda old: replace(old, place=moved, validators=Validators(b'"e"', None, ELSEWHERE)))
    with world.db.write() as tx:
        questions.ask(tx, "cget", Kind.MOVED, ELSEWHERE, (), world.now)
    remedies.back(world.db, world.desk, wish(Remedy.BACK), world.now)
    after = state(world)
    assert (after.place, after.validators, after.due) == (Place(URL), Validators(), world.now)
    assert after.succeeded_at is not None  # or its entries would be backlog again
    assert asked(world) == []
    polled = remedies.ask_now(world.db, reader, world.desk, "cget", world.now)
    assert (str(site.asked[-1].url), polled.state.answer, polled.new) == (URL, "200", 0)


def test_where_nothing_moved_there_is_nothing_to_forget(world: World) -> None:
    with pytest.raises(Refusal, match=r"It is asked at https://agence\.example/rss already"):
        remedies.back(world.db, world.desk, wish(Remedy.BACK), world.now)


def test_a_page_read_by_selectors_is_not_looked_for(world: World, site: Site, reader: Reader) -> None:
    selected = replace(world.desk.sources["cget"], select=Selectors("article"))
    desk = replace(world.desk, sources={"cget": selected})
    with pytest.raises(Refusal, match="read by selectors"):
        seeking.look(world.db, reader, desk, "cget", world.now)
    with pytest.raises(Refusal, match="read by selectors"):
        remedies.use(world.db, reader, desk, wish(Remedy.USE, ELSEWHERE), world.now)
    assert site.asked == []


ALLOWED = {
    Role.VIEWER: set[Remedy](),
    Role.WRITER: set[Remedy](),
    Role.EDITOR: set(Remedy),
    Role.DIRECTOR: set(Remedy),
    Role.ADMIN: {Remedy.ASK, Remedy.WHOLE, Remedy.LOOK},
    Role.TOKEN: set[Remedy](),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("remedy", Remedy)
def test_each_role_may_what_the_table_says(role: Role, remedy: Remedy) -> None:
    asking = wish(remedy, editor=Editor("x", role))
    if remedy in ALLOWED[role]:
        remedies.check(asking)
        with pytest.raises(Refusal):
            remedies.check(replace(asking, editor=Editor("x", role, disabled=True)))
    else:
        with pytest.raises(Refusal, match=rf"x \({role}\) may not"):
            remedies.check(asking)
