"""A relay whose editors are told: a real database, a real mail server, rooms on loopback. Its time is the test's."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import httpx

from relay.core.account import Account, Secret
from relay.core.crosspost import Crosspost, Keys, State
from relay.core.people import Editor, Role
from relay.core.review.transitions import Event
from relay.core.telling.listener import Kind, Listener
from relay.core.telling.message import Message
from relay.networks.discord import network as discord
from relay.networks.matrix import network as matrix
from relay.networks.slack import network as slack
from relay.networks.telegram import network as telegram
from relay.networks.webhook import network as webhook
from relay.pipeline import review
from relay.pipeline.telling.reminding import remind
from relay.pipeline.telling.tell import tell
from relay.pipeline.telling.wishes import Wishes
from relay.storage import crossposts, journal, messages, people
from relay.storage.database import Database
from relay.storage.journal import Actor
from relay.storage.keys import Keyplace
from relay.web import moments
from relay.web.roster import label
from relay.web.wording.said import said
from tests.fakes import matrix as matrix_fake
from tests.fakes import receiver as receiver_fake
from tests.fakes import slack as slack_fake
from tests.fakes import telegram as telegram_fake
from tests.fakes.mailserver import PASSWORD, USER, Mailserver, receiving
from tests.fakes.wire import Wire, listening
from tests.pipeline.world import World, desk

DIRECTOR = Editor("denis", Role.DIRECTOR)
ROOMS = {"matrix": matrix, "telegram": telegram, "slack": slack, "webhook": webhook, "discord": discord}


@dataclass
class Newsdesk:
    """``mail`` has the letters; ``matrix``, ``telegram``, ``slack`` and ``hook`` what their rooms show."""

    world: World
    listeners: tuple[Listener, ...]
    mail: Mailserver = field(default_factory=Mailserver)
    matrix: matrix_fake.Homeserver = field(default_factory=matrix_fake.Homeserver)
    telegram: telegram_fake.Telegram = field(default_factory=telegram_fake.Telegram)
    slack: slack_fake.Slack = field(default_factory=slack_fake.Slack)
    hook: receiver_fake.Receiver = field(default_factory=receiver_fake.Receiver)
    wires: dict[str, Wire] = field(default_factory=dict)
    account: Account | None = None
    numbers: Iterator[int] = field(default_factory=lambda: count(1000))
    letters_leave: bool = True

    @property
    def db(self) -> Database:
        return self.world.db

    @property
    def wishes(self) -> Wishes:
        return Wishes(
            listeners=self.listeners,
            mail=self.account if self.letters_leave else None,
            zone="Europe/Paris",
            said=lambda text, language: said(text, language)[0],
            hour=lambda moment, now, language: moments.short(moment, now, "Europe/Paris", language),
            label=label,
            mint=lambda: Keys(self.world.now, next(self.numbers)),
        )

    def listen(self, *kinds: Kind, **changed: object) -> None:
        """The one listener, otherwise; of these kinds, where any is named."""
        wanted = {"kinds": frozenset(kinds), **changed} if kinds else changed
        self.listeners = (replace(self.listeners[0], **wanted),)  # type: ignore[arg-type]

    def tell(self) -> list[Message]:
        remind(self.db, self.world.desk, self.wishes, self.world.now)
        with httpx.Client(trust_env=False, timeout=10) as http:
            return tell(self.db, http, self.world.desk, self.wishes, lambda: self.world.now)

    def tell_later(self, **span: float) -> list[Message]:
        """What has happened is noted now, and told then."""
        self.tell()
        self.world.pass_(**(span or {"seconds": 30}))
        return self.tell()

    def member(self, name: str, role: Role = Role.EDITOR, email: str = "", accounts: tuple[str, ...] = ()) -> Editor:
        with self.db.write() as tx:
            people.add(tx, name, role, self.world.now, accounts, email)
            found = people.get(tx, name)
        assert found
        return found

    def move(self, crosspost: Crosspost, event: Event, reason: str = "", who: Editor = DIRECTOR) -> Crosspost:
        act = review.Act(event, reason)
        return review.move(self.db, self.world.desk, crosspost.id, (who, "test"), act, self.world.now)

    def waiting(self, account: str = "masto") -> list[Crosspost]:
        return [one for one in self.world.in_state(State.WAITING) if one.account == account]

    def fall(self, crosspost: Crosspost, state: State, note: str) -> Crosspost:
        """Where a delivery, or a poll, leaves it."""
        fallen = replace(crosspost, state=state, note=note)
        with self.db.write() as tx:
            assert crossposts.replace(tx, crosspost, fallen)
            journal.write(tx, Actor("relay", "delivery"), crosspost, fallen, note, self.world.now)
        return fallen

    def put(self, crosspost: Crosspost, **values: object) -> None:
        """A row as only deliveries leave it; the audit knows nothing of it."""
        with self.db.write() as tx:
            old = crossposts.get(tx, crosspost.id)
            assert old
            assert crossposts.replace(tx, old, replace(old, **values))  # type: ignore[arg-type]

    def rows(self, listener: str = "redaction") -> list[Message]:
        """The messages as they stand, the oldest first."""
        with self.db.read() as tx:
            return messages.newest(tx, listener)[::-1]

    def subjects(self) -> list[str]:
        return [str(mail["Subject"]) for mail in self.mail.mails]


def listener(**changed: object) -> Listener:
    return replace(Listener("redaction", mails=("redaction@exemple.fr",)), **changed)  # type: ignore[arg-type]


@contextmanager
def newsdesk_at(db: Database, folder: Path) -> Iterator[Newsdesk]:
    """One listener, whose letters go to one mailbox; the first look at the audit is behind it."""
    bench = Newsdesk(World(db, folder / "feeds", desk()), (listener(),))
    bench.mail.longest = 200_000
    with ExitStack() as stack:
        wires = {
            "mail": stack.enter_context(receiving(bench.mail)),
            "matrix": stack.enter_context(listening(Wire(bench.matrix.answer, publishes="/send/"))),
            "telegram": stack.enter_context(listening(Wire(bench.telegram.answer, publishes="/send"))),
            "slack": stack.enter_context(listening(Wire(bench.slack.answer, publishes="chat.postMessage"))),
            "webhook": stack.enter_context(listening(Wire(bench.hook.answer, publishes="/news"))),
        }
        bench.wires = wires
        own = {"server": wires["mail"].url, "from": "relay@exemple.fr", "security": "none", "user": USER}
        bench.account = Account("mail", "email", own, {"password": Secret(PASSWORD)})
        world = bench.world
        rooms = (
            Account(
                "salon", "matrix", {"server": wires["matrix"].url, "room": matrix_fake.ALIAS}, _secret(matrix_fake)
            ),
            Account(
                "canal",
                "telegram",
                {"server": wires["telegram"].url, "chat": telegram_fake.CHANNEL},
                _secret(telegram_fake),
            ),
            Account(
                "equipe", "slack", {"server": wires["slack"].url, "channel": slack_fake.CHANNEL}, _secret(slack_fake)
            ),
            Account(
                "intranet",
                "webhook",
                {"endpoint": f"{wires['webhook'].url}/news"},
                {"secret": Secret(receiver_fake.SECRET)},
            ),
        )
        world.desk = replace(
            world.desk,
            accounts={**world.desk.accounts, **{room.id: room for room in rooms}},
            networks={**world.desk.networks, **ROOMS},
            keyplace=Keyplace(file=folder / "relay.key"),
        )
        bench.tell()
        yield bench


def _secret(fake: object) -> dict[str, Secret]:
    return {"token": Secret(fake.TOKEN)}  # type: ignore[attr-defined]


def until(condition: Callable[[], object], bench: Newsdesk) -> None:
    """Tell again and again, an hour apart, until it is so."""
    for _ in range(8):
        if condition():
            return
        bench.world.pass_(hours=1)
        bench.tell()
    assert condition()


MINUTE = timedelta(minutes=1)
