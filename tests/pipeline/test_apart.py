"""One thing that goes wrong in a way nobody foresaw stops nothing beside it, and does not stay hidden."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from relay.core import normalise as core
from relay.core.account import Account
from relay.core.crosspost import Crosspost, Request, State
from relay.core.post import Post
from relay.core.review import workflow
from relay.networks.mastodon import network as mastodon
from relay.networks.sandbox import network as sandbox
from relay.pipeline.poll import poll_due
from relay.pipeline.reading.reader import Reader
from relay.pipeline.storing import adding
from relay.storage import crossposts, sources
from tests.edges import entered
from tests.pipeline.world import World


@pytest.fixture
def approved(world: World) -> World:
    world.poll()
    world.approve_all()
    return world


def lose(request: httpx.Request) -> None:
    raise httpx.ReadTimeout("no answer", request=request)


def on_other_terms(world: World, account: Account) -> None:
    """The configuration has changed: the first account is another one now."""
    networks = {"sandbox": sandbox, "mastodon": mastodon}
    world.desk = replace(world.desk, accounts={**world.desk.accounts, account.id: account}, networks=networks)


def test_an_account_that_lost_its_secret_does_not_stop_the_others(approved: World) -> None:
    approved.network.after = lose
    approved.deliver()
    approved.network.after = lambda _: None
    on_other_terms(approved, Account("masto", "mastodon", {"instance": "https://masto.example"}))
    approved.pass_(minutes=3)
    approved.deliver()
    approved.deliver()

    assert {one.account for one in approved.in_state(State.SENT)} == {"bsky"}
    assert {one.account for one in approved.in_state(State.UNCONFIRMED)} == {"masto"}


def test_a_bug_while_looking_does_not_stop_the_others(approved: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def find(http: httpx.Client, account: Account, request: Request, since: object) -> Any:
        return {"bsky": real}[account.id](http, account, request, since)

    real: Callable[..., Any] = sandbox.find
    approved.network.after = lose
    approved.deliver()
    monkeypatch.setattr(sandbox, "find", find)
    approved.pass_(minutes=3)
    approved.deliver()
    approved.deliver()

    assert {one.account for one in approved.in_state(State.SENT)} == {"bsky"}
    assert "KeyError" in approved.in_state(State.UNCONFIRMED)[0].note


def test_a_bug_before_a_request_is_made_is_a_failure_that_editors_see(
    approved: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepare(_: object, account: Account, *others: Any) -> Any:
        return {"bsky": real}[account.id](_, account, *others)

    real: Callable[..., Any] = sandbox.prepare
    monkeypatch.setattr(sandbox, "prepare", prepare)
    approved.deliver()

    assert {one.account for one in approved.in_state(State.SENT)} == {"bsky"}
    assert "KeyError" in approved.in_state(State.FAILED)[0].note


def test_one_attempt_that_breaks_off_does_not_stop_the_next(approved: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def claim(crosspost: Crosspost, *others: Any) -> Crosspost:
        assert crosspost.id not in first
        return real(crosspost, *others)

    first = [min(one.id for one in approved.in_state(State.APPROVED))]
    real: Callable[..., Crosspost] = workflow.claim
    monkeypatch.setattr(workflow, "claim", claim)
    approved.deliver()

    assert len(approved.in_state(State.SENT)) == 3


def two_sources(world: World) -> World:
    """A second source, asked before the first, at an address that answers nothing foreseen."""
    odd = replace(world.desk.sources["cget"], id="anct", url="https://odd.example/rss")
    world.desk = replace(world.desk, sources={"anct": odd, "cget": world.desk.sources["cget"]})
    return world


def poll_both(world: World) -> list[str]:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "odd.example":
            raise RuntimeError("nobody foresaw this")
        return world.agency.answer(request)

    with httpx.Client(transport=httpx.MockTransport(answer)) as http:
        return [one.source_id for one in poll_due(world.db, Reader.over(http), world.desk, None, world.now)]


def test_a_source_that_fails_unforeseen_does_not_lose_the_others(world: World) -> None:
    assert poll_both(two_sources(world)) == ["anct", "cget"]
    assert len(world.in_state(State.WAITING)) == 4


def test_a_source_that_fails_unforeseen_is_not_asked_again_at_once(world: World) -> None:
    poll_both(two_sources(world))
    with world.db.read() as tx:
        state = sources.state(tx, "anct")
        due = sources.due(tx, tuple(world.desk.sources), world.now)

    assert (state.failures, due) == (1, [])
    assert "nobody foresaw this" in state.answer


def without(title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The entry of this title cannot be made a post of."""

    def normalise(entry: Any, *others: Any) -> Post:
        assert entry.title != title
        return real(entry, *others)

    real: Callable[..., Post] = core.normalise
    monkeypatch.setattr(adding, "normalise", normalise)


def test_an_entry_that_cannot_be_stored_does_not_lose_the_others(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        without("Un premier bilan", patch)
        polled = world.poll()
    with world.db.read() as tx:
        posts = entered.posts(tx, ("cget",))

    assert [post.headline for post in posts] == ["Des quartiers mieux reliés"]
    assert "1 entry could not be stored" in polled.state.answer


def test_an_entry_that_could_not_be_stored_does_not_hide_behind_a_304(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        without("Un premier bilan", patch)
        world.poll()
    world.pass_(hours=1)

    assert world.poll().new == 1


def test_an_editor_keeps_their_words_when_the_source_changes_others(world: World) -> None:
    world.poll()
    one = world.in_state(State.WAITING)[0]
    own = replace(one, draft=replace(one.draft, text="Les mots de Camille"), revision=2, edited_by="camille")
    with world.db.write() as tx:
        crossposts.replace(tx, one, own)
    corrected = world.agency.feed().replace(b"La suite.", "La suite, corrigée.".encode())
    world.agency.feed = lambda: corrected  # type: ignore[method-assign]  # the publisher corrects what stands below
    world.agency.etag = '"v2"'
    world.poll()

    assert own in world.in_state(State.WAITING)


def test_a_feed_that_cannot_be_written_does_not_stop_the_others(world: World) -> None:
    world.poll()
    blog = world.desk.feeds[0]
    world.desk = replace(world.desk, feeds=(replace(blog, id="taken"), blog))
    world.feeds.mkdir()
    (world.feeds / "taken").write_text("a file stands where the folder should be")
    with pytest.raises(FileExistsError):
        world.publish()

    assert (world.feeds / "blog" / "atom.xml").exists()
