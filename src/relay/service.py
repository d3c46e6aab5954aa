"""A service that is ready to work, as commands, loops and pages have it."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import inf

import httpx

from relay.config.configuration import Configuration
from relay.core.ailment import Ailing
from relay.core.crosspost import Crosspost, Keys
from relay.core.people import Editor
from relay.core.programs.hook import Hook
from relay.core.pushing.subscription import Subscription
from relay.core.review.transitions import Event
from relay.core.telling.message import Message
from relay.pipeline import ailing, members, review
from relay.pipeline.accounts.watching import watch
from relay.pipeline.ailing import Ailments, Places
from relay.pipeline.beating import Pulse, beat
from relay.pipeline.care.answer import Said, answer
from relay.pipeline.clearing import cleared
from relay.pipeline.deliver import Delivered, deliver
from relay.pipeline.delivering.inhand import InHand
from relay.pipeline.desk import Desk
from relay.pipeline.events import telling as hooks
from relay.pipeline.hub.courier import Courier
from relay.pipeline.pictures import look
from relay.pipeline.picturing.wanting import adopt
from relay.pipeline.planning import When, plan
from relay.pipeline.poll import poll_due
from relay.pipeline.polling.asking import Polled
from relay.pipeline.publish import publish
from relay.pipeline.pushing.push import Received, receive
from relay.pipeline.pushing.subscribe import subscribe
from relay.pipeline.reading.reader import Reader
from relay.pipeline.remarks import remark
from relay.pipeline.setback import before_polling, before_publishing
from relay.pipeline.telling.reminding import remind
from relay.pipeline.telling.tell import sweep, tell
from relay.pipeline.telling.wishes import Wishes
from relay.publish.format import Format
from relay.storage.database import Database
from relay.storage.journal import Actor
from relay.web.voice import voiced

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Relay:
    """Every step with what it needs, and nothing else; those of relay's own hub are in ``relay.hub``."""

    configuration: Configuration
    desk: Desk
    db: Database
    reader: Reader
    posting: httpx.Client
    clock: Clock
    formats: Mapping[str, Format]
    courier: Courier
    hand: InHand = field(default_factory=InHand)
    ailments: Ailments = field(default_factory=Ailments)

    def poll(
        self, wanted: Sequence[str] | None = None, told: Callable[[Sequence[Polled]], None] = lambda _: None
    ) -> list[Polled]:
        """Ask the sources that are due, or those ``wanted``; ``told`` is called with what each request has brought."""

        def brought(polled: Sequence[Polled]) -> None:
            told(polled)  # first: what is stored is to be published, whatever the beat meets
            pulse.beat(self.clock())

        before_polling(self.db, self.desk, self.clock())
        pulse = Pulse(self.db, "poll")
        pulse.beat(self.clock())  # a database that cannot be written is found out before anybody is asked
        return poll_due(self.db, self.reader, self.desk, wanted, self.clock(), brought)

    def subscribe(self) -> list[Subscription]:
        """Ask the hubs that sources name to push, and renew what runs out."""
        return subscribe(self.db, self.reader, self.desk, lambda: secrets.token_urlsafe(32), self.clock())

    def receive(self) -> list[Received]:
        """Read what hubs have pushed."""
        return receive(self.db, self.reader, self.desk, self.clock())

    def publish(self, *, whole: bool = False) -> list[str]:
        """Bring the outgoing feeds up to date, ``whole`` or by what changed; the files that changed."""
        folder = self.configuration.service.feeds
        before_publishing(self.db, self.clock())
        return publish(self.db, self.desk, self.formats, folder, self.clock(), whole=whole)

    def adopt(self) -> int:
        """Want the pictures of posts that only linked to them; how many there are."""
        return adopt(self.db, self.desk)

    def look(self, landed: Callable[[], object] = lambda: None, patience: float = inf) -> int:
        """Look at the pictures that entries want; ``landed`` is called whenever readers are to see something new.

        After ``patience`` seconds no more is begun.
        """
        return look(self.db, self.reader, self.desk, self.clock, landed, patience)

    def due_hooks(self) -> list[Hook]:
        """The programs that are to be told something now."""
        return hooks.due(self.db, self.configuration.hooks, self.clock())

    def tell(self, hook: Hook) -> list[hooks.Spoken]:
        """Tell one of them what it has not heard."""
        return hooks.tell(self.db, self.posting, hook, self.clock)

    def watch(self) -> None:
        """Renew what connects accounts, foretell what ends, and try again those that have other secrets."""
        watch(self.db, self.posting, self.desk, self.clock)

    def tell_editors(self) -> list[Message]:
        """Tell editors, outside the page, what has happened."""
        return tell(self.db, self.posting, self.desk, self.wishes, self.clock)

    def remind(self) -> int:
        """Have editors told again what still waits."""
        return remind(self.db, self.desk, self.wishes, self.clock())

    def forget(self) -> None:
        """Forget what editors were told long ago."""
        sweep(self.db, self.clock())

    def examine(self) -> None:
        """Find out whether all that relay writes to can be written."""
        ailing.look(self.ailments, self.places, self.clock())

    def ails(self, error: BaseException) -> Ailing | None:
        """What of the machine an error comes from, written down for health and the pages; ``None``: nothing of it."""
        return ailing.note(self.ailments, self.places, error, self.clock())

    @property
    def places(self) -> Places:
        """Where relay writes."""
        return Places(self.db, self.configuration.service.feeds)

    @property
    def wishes(self) -> Wishes:
        """Who is told what, and how it is said."""
        return voiced(self.configuration, self.mint)

    def deliver(self) -> list[Delivered]:
        """Send what is approved and due, and find out what became of what is unknown."""
        delivered = deliver(self.db, self.posting, self.desk, self.clock, self.hand) if self.may_deliver() else []
        self._deliver_lives()
        return delivered

    def may_deliver(self) -> bool:
        """What is unknown was looked into; whether anything may leave now."""
        self.hand.pay()
        return not self.hand.is_over and cleared(self.db, self.posting, self.desk, self.clock, self._deliver_lives)

    def approve(self, id: int, editor: Editor, means: str, revision: int) -> Crosspost:
        """One yes of an editor."""
        return review.approve(self.db, self.desk, id, (editor, means), revision, self.mint())

    def override(self, id: int, editor: Editor, means: str, said: tuple[int, str]) -> Crosspost:
        """Every yes that is missing, by a director: for which revision, and why."""
        return review.override(self.db, self.desk, id, (editor, means), said, self.mint())

    def edit(self, id: int, editor: Editor, means: str, words: review.Words) -> Crosspost:
        """New words of an editor."""
        return review.edit(self.db, self.desk, id, (editor, means), words, self.clock())

    def plan(self, id: int, editor: Editor, means: str, when: When) -> Crosspost:
        """The time that an editor has chosen."""
        return plan(self.db, self.desk, id, (editor, means), when, self.clock())

    def remark(self, id: int, editor: Editor, means: str, text: str) -> Crosspost:
        """What a member says of a cross-post to the others."""
        return remark(self.db, id, (editor, means), text, self.clock())

    def move(self, id: int, event: Event, editor: Editor, means: str, reason: str) -> Crosspost:
        """Any other word of an editor."""
        return review.move(self.db, self.desk, id, (editor, means), review.Act(event, reason), self.clock())

    def answer(self, id: int, editor: Editor, means: str, *, is_yes: bool) -> int:
        """An editor's answer to a question about a source; how many cross-posts it has queued."""
        return answer(self.db, self.desk, id, Said(editor, means, is_yes), self.clock())

    def sign_in_address(self, name: str) -> str:
        """A new single-use address at which the editor ``name`` signs in; a refusal if there is no such editor."""
        desk = members.Office(self.db, self.desk.accounts, Actor("terminal", "command line"), self.clock())
        return self.configuration.service.public_url + members.link(desk, name, secrets.token_urlsafe(16))

    def mint(self) -> Keys:
        """Keys for one approval: the only chance there is."""
        return Keys(created_at=self.clock(), nonce=secrets.randbits(62))

    def _deliver_lives(self) -> None:
        beat(self.db, "deliver", self.clock())
