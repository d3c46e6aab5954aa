"""A newsroom with something behind every address, and somebody of each role in it, put right again now and then."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Lock

import httpx

from relay.core.account import Secret
from relay.core.crosspost import Keys, Part, Request, State
from relay.core.outcome import Sent
from relay.core.people import MEMBERS, Editor, Role
from relay.core.pictures.rendition import Rendition
from relay.core.programs.token import RANDOM, Scope
from relay.core.pushing.subscription import State as Stands
from relay.core.pushing.subscription import Subscription
from relay.core.question import Kind
from relay.core.signing.ways import Provider, SignIn
from relay.core.telling.listener import Listener
from relay.pipeline.programs import tokens
from relay.pipeline.programs.tokens import Wish
from relay.pipeline.reading.reader import Reader
from relay.pipeline.telling import linking
from relay.pipeline.telling.wishes import Wishes
from relay.storage import keys, people, pictures, questions, sessions, subscriptions
from relay.storage.journal import Actor
from relay.storage.sealing import Keyring
from relay.web.office import Office
from tests.edges.newsroom import NOON, Newsroom, open_newsroom, served
from tests.fuzz import garbage

ANONYMOUS, DISABLED, STALE, PROGRAM, NARROW = "anonymous", "disabled", "stale", "program", "narrow"
PRINCIPALS = (*map(str, MEMBERS), ANONYMOUS, DISABLED, STALE, PROGRAM, NARROW)
PICTURE = Rendition("0" * 32, "page", "image/jpeg", 8, 6, 3, b"abc")
SUBSCRIBED = Subscription(
    *("T0ken_-", "anct", "https://hub.exemple/", "https://anct.exemple.fr/rss.xml", "the secret", Stands.ACTIVE, NOON),
    leased_at=NOON,
    lease_until=NOON + timedelta(days=900),
)
STANDING = {1: State.WAITING, 2: State.CHANGES, 3: State.HELD, 4: State.REJECTED, 5: State.SENT, 6: State.UNCONFIRMED}
STANDING |= {7: State.EDIT_PROPOSED, 8: State.DELETE_PROPOSED, 9: State.SCHEDULED, 10: State.WAITING}
"""Cross-posts in every state in which a person can do something."""
PUBLIC = frozenset({State.SENT, State.EDIT_PROPOSED, State.DELETE_PROPOSED})
_SENT = Part(Request("key", "{}"), Sent("1", "https://social.exemple.fr/@veille/1"))


@dataclass
class House:
    """``shown`` is what each principal shows with a request; ``tokens`` what stands in addresses that let in."""

    room: Newsroom
    office: Office
    url: str
    shown: dict[str, tuple[str, str]] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)
    round: int = 0

    def renew(self) -> None:
        """Put right what the requests so far have changed: everybody is in again, everything can be judged again."""
        self.round += 1
        self.room.clock.now += timedelta(hours=1)
        self._members()
        self._programs()
        for id, state in STANDING.items():
            parts = (_SENT,) if state in PUBLIC else ()
            self.room.change(id, state=state, revision=1, approvals=(), edited_by=None, parts=parts)
        with self.office.db.write() as tx:
            subscriptions.put(tx, SUBSCRIBED)
            for kind in Kind:
                questions.ask(tx, "anct", kind, "https://anct.exemple.fr/", (1, 2), self.office.clock())
        self.tokens = [self._way_in(), self._letter(), SUBSCRIBED.token]

    def _members(self) -> None:
        now = self.office.clock()
        with self.office.db.write() as tx:
            for name, role in (*((str(role), role) for role in MEMBERS), (DISABLED, Role.DIRECTOR)):
                people.add(tx, name, role, now)
                people.change(tx, Editor(name, role, email=f"{name}@exemple.fr"))
                sessions.add(tx, f"{name}-{self.round}", name, now)
                self.shown[name] = ("Cookie", f"relay={name}-{self.round}")
            people.disable(tx, DISABLED)
        self.shown[STALE] = ("Cookie", "relay=nobody-s")

    def _programs(self) -> None:
        for name, scopes in ((PROGRAM, tuple(Scope)), (NARROW, (Scope.READ,))):
            chance = f"{name} {self.round}".encode().ljust(RANDOM, b"-")
            wish = Wish(f"{name}-{self.round}", scopes)
            made = tokens.add(
                self.office.db, self.office.desk, wish, Actor("admin", "test"), (chance, self.office.clock())
            )
            self.shown[name] = ("Authorization", f"Bearer {made}")

    def _way_in(self) -> str:
        return self.room.link("editor").removeprefix("/c/")

    def _letter(self) -> str:
        """The token of a link by which an editor may judge."""
        ring, now = keys.sealing(self.office.desk.keyplace), self.office.clock()
        assert isinstance(ring, Keyring)
        with self.office.db.write() as tx:
            editor = people.get(tx, "editor")
            assert editor
            made = linking.offer(self.office.desk, ring, editor, self.room.crosspost(1), Keys(now, self.round), now)
        return made.links[0][1].rpartition("/")[2]


@contextmanager
def open_house(folder: Path, seed: int) -> Iterator[House]:
    """A house whose far ends (networks, providers, sources) answer garbage as well."""
    ways = SignIn(passwords=True, provider=Provider("https://id.exemple.fr", "relay", Secret("geheim"), "Annuaire"))
    far = httpx.MockTransport(_Far(Random(f"{seed} far")))  # noqa: S311  # no secret
    more = {"sign_in": ways, "post_letter": lambda *_: None}
    with open_newsroom(folder, public_url="http://localhost", **more) as room, httpx.Client(transport=far) as http:  # type: ignore[arg-type]
        office = replace(room.office, posting=http, reader=Reader.over(http))
        feeds = tuple(replace(feed, hubs=(f"{office.public_url}/hub",)) for feed in office.desk.feeds)
        office = replace(office, wishes=_wishes(office), desk=replace(office.desk, feeds=feeds))
        _furnish(office)
        with served(office) as url:
            house = House(room, office, url)
            house.renew()
            yield house


def _wishes(office: Office) -> Wishes:
    listener = Listener("redaction", mails=("camille@exemple.fr",))
    said = {"said": lambda text, _: text, "hour": lambda moment, _, __: f"{moment:%H:%M}", "label": str.capitalize}
    return Wishes((listener,), None, "Europe/Paris", mint=office.mint, **said)  # type: ignore[arg-type]


def _furnish(office: Office) -> None:
    for name, content in {"blog/atom.xml": b"<feed/>", "blog/index.html": b"<p>", "feeds.opml": b"<opml/>"}.items():
        file = office.feeds / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    with office.db.write() as tx:
        pictures.put(tx, (PICTURE,), NOON)


@dataclass
class _Far:
    """What answers relay's own requests: garbage, of every status, and now and then nothing at all."""

    chance: Random
    turn: Lock = field(default_factory=Lock)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        with self.turn:
            if self.chance.random() < 0.1:
                raise httpx.ConnectError("nobody is there", request=request)
            status = self.chance.choice((200, 200, 200, 201, 204, 301, 307, 400, 401, 403, 404, 410, 429, 500, 503))
            return httpx.Response(status, content=self._body(), headers={"location": "/there", "retry-after": "x"})

    def _body(self) -> bytes:
        if self.chance.random() < 0.3:
            return garbage.raw(self.chance)
        named = ("client_id", "client_secret", "access_token", "issuer", "authorization_endpoint", "token_endpoint")
        more = ("jwks_uri", "keys", "id_token", "me", "uri", "url", "id", "scope", "expires_in", "version", "error")
        return json.dumps({name: garbage.value(self.chance) for name in (*named, *more)}).encode()
