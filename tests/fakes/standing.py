"""Far ends that stand on their own, for whoever wants to try relay with them: an account at each, and its posts."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from relay.core.account import Account, Secret
from relay.wiring import clock
from tests.fakes import (
    discord,
    facebook,
    linkedin,
    mailserver,
    mastodon,
    matrix,
    micropub,
    nostr,
    receiver,
    slack,
    telegram,
    threads,
    wordpress,
    x,
)
from tests.fakes.mastodon_dialects import MASTODON_FIXED
from tests.fakes.wire import Call, Reply, Wire, listening


@dataclass(frozen=True, slots=True)
class Stand:
    """An account at a far end, and the texts that readers see there, oldest first."""

    account: Account
    texts: Callable[[], list[str]]


class Dated(Protocol):
    """A fake with a clock, which only tests move."""

    now: datetime

    def answer(self, call: Call) -> Reply:
        """The reply to one call."""
        ...


@dataclass(slots=True)
class _Opening:
    """Every far end that is open closes with the ``stack``."""

    stack: ExitStack
    stands: list[Stand] = field(default_factory=list)

    def listen(self, answer: Callable[[Call], Reply]) -> str:
        """The address of a far end that answers so."""
        return self.stack.enter_context(listening(Wire(answer, publishes=""))).url

    def add(
        self, network: str, options: Mapping[str, str], secrets: Mapping[str, str], texts: Callable[[], list[str]]
    ) -> None:
        """An account there, under the name of its network."""
        kept = {name: Secret(value) for name, value in secrets.items()}
        self.stands.append(Stand(Account(network, network, options, kept), texts))


@contextmanager
def standing() -> Iterator[list[Stand]]:
    """Open all of them on loopback, each on a port of its own; what they have is gone at the end."""
    with ExitStack() as stack:
        opening = _Opening(stack)
        for step in (_fediverse, _companies, _meta, _rooms, _hooks, _own):
            step(opening)
        yield opening.stands


def _fediverse(opening: _Opening) -> None:
    server = mastodon.Mastodon(MASTODON_FIXED)

    options = {"instance": opening.listen(_timed(server))}
    opening.add("mastodon", options, {"token": mastodon.TOKEN}, lambda: [one.text for one in server.statuses])
    relay = nostr.NostrRelay()
    url = opening.stack.enter_context(nostr.relaying(relay)).url
    opening.add("nostr", {"relays": url}, {"key": nostr.KEY}, relay.texts)


def _companies(opening: _Opening) -> None:
    bird, firm = x.X(), linkedin.LinkedIn()

    opening.add(
        "x", {"server": opening.listen(_timed(bird))}, {"token": x.TOKEN}, lambda: [one.text for one in bird.posts]
    )
    firm.url = opening.listen(_timed(firm))
    options = {"page": linkedin.ORGANIZATION, "server": firm.url}
    opening.add("linkedin", options, {"token": linkedin.TOKEN}, firm.texts)


def _meta(opening: _Opening) -> None:
    page, profile = facebook.Facebook(), threads.Threads()

    options = {"page": facebook.PAGE, "server": opening.listen(_timed(page))}
    opening.add("facebook", options, {"token": facebook.TOKEN}, lambda: [one.message for one in page.posts])
    opening.add("threads", {"server": opening.listen(_timed(profile))}, {"token": threads.TOKEN}, profile.texts)


def _rooms(opening: _Opening) -> None:
    bot, team, home = telegram.Telegram(), slack.Slack(), matrix.Homeserver()

    def of_slack(call: Call) -> Reply:
        team.now = clock().timestamp()
        return team.answer(call)

    def of_matrix(call: Call) -> Reply:
        home.now = int(clock().timestamp() * 1000)
        return home.answer(call)

    options = {"chat": telegram.CHANNEL, "server": opening.listen(bot.answer)}
    opening.add("telegram", options, {"token": telegram.TOKEN}, lambda: [one.text for one in bot.messages])
    options = {"channel": slack.CHANNEL, "server": opening.listen(of_slack)}
    opening.add("slack", options, {"token": slack.TOKEN}, team.texts)
    options = {"room": matrix.ALIAS, "server": opening.listen(of_matrix)}
    opening.add("matrix", options, {"token": matrix.TOKEN}, home.texts)


def _hooks(opening: _Opening) -> None:
    room, taker = discord.Discord(), receiver.Receiver()

    def of_receiver(call: Call) -> Reply:
        taker.now = clock().timestamp()
        return taker.answer(call)

    secrets = {"webhook": opening.listen(room.answer) + discord.HOOK}
    opening.add("discord", {}, secrets, lambda: [one.text for one in room.messages])
    options = {"endpoint": f"{opening.listen(of_receiver)}/news"}
    secrets = {"secret": receiver.SECRET}
    opening.add("webhook", options, secrets, lambda: [one["data"]["text"] for one in taker.posts.values()])


def _own(opening: _Opening) -> None:
    blog, notes, post = wordpress.WordPress(), micropub.Site(), mailserver.Mailserver()
    options = {"site": opening.listen(blog.answer), "user": wordpress.USER}
    opening.add("wordpress", options, {"password": wordpress.PASSWORD}, blog.texts)
    options = {"endpoint": f"{opening.listen(notes.answer)}/micropub"}
    opening.add("micropub", options, {"token": micropub.TOKEN}, notes.texts)
    server = opening.stack.enter_context(mailserver.receiving(post)).url
    options = {"server": server, "security": "none", "user": mailserver.USER}
    options |= {"from": "veille@exemple.fr", "to": "liste@exemple.fr"}
    opening.add("email", options, {"password": mailserver.PASSWORD}, post.texts)


def _timed(server: Dated) -> Callable[[Call], Reply]:
    """Its answer at the time that it is."""

    def answer(call: Call) -> Reply:
        server.now = clock()
        return server.answer(call)

    return answer
