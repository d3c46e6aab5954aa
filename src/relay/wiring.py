"""The only file that knows all parts: which networks and formats there are, the clock, and how a service is built."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import httpx

from relay.config.configuration import Configuration, NetworkKeys
from relay.core.crosspost import Crosspost, Keys
from relay.core.people import Editor
from relay.core.subscription import Subscription
from relay.core.transitions import Event
from relay.core.workflow import Refusal
from relay.intake.guard import Guard
from relay.intake.pace import Turns
from relay.intake.robots import Robots
from relay.intake.transport import posting_client, reading_client
from relay.networks import bluesky, mastodon, sandbox
from relay.networks.network import Network
from relay.pipeline import queue, review
from relay.pipeline.answer import Said, answer
from relay.pipeline.asking import Polled
from relay.pipeline.deliver import Delivered, deliver
from relay.pipeline.desk import Desk
from relay.pipeline.poll import poll_due, readdress
from relay.pipeline.publish import publish
from relay.pipeline.push import Received, receive
from relay.pipeline.reader import Reader
from relay.pipeline.subscribe import subscribe
from relay.pipeline.tidy import tidy
from relay.publish import archive, atom, jsonfeed, rss
from relay.publish.format import Format
from relay.storage import people, service
from relay.storage.database import Database, open_database
from relay.storage.schema import migrate
from relay.web.office import Office

NETWORKS: Mapping[str, Network] = {"bluesky": bluesky, "mastodon": mastodon, "sandbox": sandbox}
FORMATS: Mapping[str, Format] = {"atom": atom, "rss": rss, "json": jsonfeed, "html": archive}

HEARTBEAT = timedelta(seconds=20)
LINK_LIFE = timedelta(minutes=15)

Clock = Callable[[], datetime]
Wake = Callable[[], None]


def clock() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)  # noqa: TID251  # this is the one place that asks


def network_keys() -> dict[str, NetworkKeys]:
    """The settings of every network, for whoever reads a configuration."""
    return {
        name: NetworkKeys(network.SETTINGS.required, network.SETTINGS.optional, network.SETTINGS.secret)
        for name, network in NETWORKS.items()
    }


@dataclass(frozen=True, slots=True)
class Relay:
    """A service that is ready to work: every step with what it needs, and nothing else."""

    configuration: Configuration
    desk: Desk
    db: Database
    reader: Reader
    posting: httpx.Client
    clock: Clock

    def poll(self, wanted: Sequence[str] | None = None, news: Wake = lambda: None) -> list[Polled]:
        """Ask the sources that are due, or those ``wanted``; ``news`` is called whenever some have been stored."""

        def brought(polled: Sequence[Polled]) -> None:
            self._beat("poll")
            if any(one.new or one.edited for one in polled):
                news()

        self._beat("poll")  # a database that cannot be written is found out before anybody is asked
        return poll_due(self.db, self.reader, self.desk, wanted, self.clock(), brought)

    def subscribe(self) -> list[Subscription]:
        """Ask the hubs that sources name to push, and renew what runs out."""
        return subscribe(self.db, self.reader, self.desk, lambda: secrets.token_urlsafe(32), self.clock())

    def receive(self) -> list[Received]:
        """Read what hubs have pushed."""
        return receive(self.db, self.reader, self.desk, self.clock())

    def publish(self) -> list[str]:
        """Bring the outgoing feeds up to date; the files that changed."""
        return publish(self.db, self.desk, FORMATS, self.configuration.service.feeds, self.clock())

    def deliver(self) -> list[Delivered]:
        """Send what is approved and due, and find out what became of what is unknown."""
        tidy(self.db, self.posting, self.desk, self.clock())
        self._beat("deliver")
        delivered = deliver(self.db, self.posting, self.desk, self.clock)
        self._beat("deliver")
        return delivered

    def approve(self, id: int, editor: Editor, means: str, revision: int) -> Crosspost:
        """One yes of an editor."""
        return review.approve(self.db, self.desk, id, (editor, means), revision, self.mint())

    def edit(self, id: int, editor: Editor, means: str, revision: int, text: str) -> Crosspost:
        """New words of an editor."""
        return review.edit(self.db, id, (editor, means), revision, text, self.clock())

    def move(self, id: int, event: Event, editor: Editor, means: str, reason: str) -> Crosspost:
        """Any other word of an editor."""
        return review.move(self.db, id, event, (editor, means), reason, self.clock())

    def answer(self, id: int, editor: Editor, means: str, *, is_yes: bool) -> int:
        """An editor's answer to a question about a source; how many cross-posts it has queued."""
        return answer(self.db, self.desk, id, Said(editor, means, is_yes), self.clock())

    def sign_in_address(self, name: str) -> str:
        """A new single-use address at which the editor ``name`` signs in; a refusal if there is no such editor."""
        token = secrets.token_urlsafe(16)
        with self.db.write() as tx:
            editor = people.get(tx, name)
            if editor is None or editor.disabled:
                raise Refusal(
                    f"There is no editor {name!r}: `relay user list` shows who there is, `relay user add` adds one."
                )
            people.add_link(tx, token, name, self.clock() + LINK_LIFE)
        return f"{self.configuration.service.public_url}/c/{token}"

    def mint(self) -> Keys:
        """Keys for one approval: the only chance there is."""
        return Keys(created_at=self.clock(), nonce=secrets.randbits(62))

    def office(self, nudge: Wake, arrived: Wake = lambda: None, brought: Wake = lambda: None) -> Office:
        """What the pages need of this service."""
        settings = self.configuration.service
        return Office(
            db=self.db,
            desk=self.desk,
            reader=self.reader,
            feeds=settings.feeds,
            public_url=settings.public_url,
            language=self.configuration.language,
            zone=self.configuration.zone,
            clock=self.clock,
            mint=self.mint,
            token=lambda: secrets.token_urlsafe(32),
            nudge=nudge,
            arrived=arrived,
            brought=brought,
        )

    def _beat(self, loop: str) -> None:
        """Say that a loop lives, seldom enough to cost nothing."""
        now = self.clock()
        with self.db.read() as tx:
            last = service.beats(tx).get(loop)
        if last is None or not timedelta(0) <= now - last < HEARTBEAT:
            with self.db.write() as tx:
                service.beat(tx, loop, now)


@contextmanager
def build(configuration: Configuration, clock: Clock = clock, turns: Turns | None = None) -> Iterator[Relay]:
    """A service for ``configuration``, its database brought to this version's schema; closed at the end.

    ``turns`` is the pace at which sources are asked, where it is not the usual one.
    """
    settings = configuration.service
    guard = Guard(settings.allow)
    db = open_database(settings.database)
    migrate(db)
    contact = _contact(configuration)
    pace = turns or Turns()
    with (
        reading_client(guard, contact, turns=pace) as near,
        reading_client(Guard(), contact, turns=pace) as far,
        posting_client(guard, contact) as posting,
    ):
        reader = Reader(near, Robots(near), Reader.over(far) if settings.allow else None, guard.is_near)
        try:
            wishes = desk(configuration)
            with db.write() as tx:
                queue.reroute(tx, wishes)
                readdress(tx, wishes)
            yield Relay(configuration, wishes, db, reader, posting, clock)
        finally:
            db.close()


def desk(configuration: Configuration) -> Desk:
    """The operator's wishes as the steps read them."""
    return Desk(
        sources={source.id: source for source in configuration.sources},
        feeds=configuration.feeds,
        accounts={account.id: account for account in configuration.accounts},
        routes=configuration.routes,
        directory=configuration.directory,
        networks=NETWORKS,
        public_url=configuration.service.public_url,
        own_hosts=frozenset(name.lower() for name in configuration.service.allow if "/" not in name),
        tagging=configuration.tagging,
    )


def _contact(configuration: Configuration) -> str:
    """Where a publisher finds out who asks: the contact that is configured, or else the service's own address."""
    return configuration.service.contact or configuration.service.public_url


def at(relay: Relay, moment: datetime) -> Relay:
    """The same service as if it were ``moment``."""
    return replace(relay, clock=lambda: moment)
