"""The far end as relay knows networks: the names of ``relay.networks.network.Network``, with nothing on the wire."""
# ruff: noqa: ARG002 — a network has the arguments of all networks

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import httpx

from relay.core.account import Account, Limits
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import (
    AuthLost,
    CannotTell,
    Finding,
    Gone,
    NotThere,
    Outcome,
    Refused,
    Removal,
    Retry,
    Sent,
    Unsure,
)
from relay.networks.abilities import Abilities
from relay.networks.network import Settings
from tests.machine.far_end import FarEnd, Post
from tests.pipeline.world import Crash


class NonsenseError(Exception):
    """An answer that its network's module breaks at."""


@dataclass(frozen=True)
class Network:
    """Two of its kinds can be read, and can change and take back what is public."""

    far_end: FarEnd
    SETTINGS = Settings()

    def limits(self, account: Account) -> Limits:
        return Limits(text=(("graphemes", 500),), threads=True)

    def directory_name(self, account: Account) -> str:
        return "mastodon"

    def abilities(self, account: Account) -> Abilities:
        if self.far_end.kind == "blind":
            return Abilities(threads=True)
        return Abilities(edit=self._edit, delete=self._delete, threads=True)

    def prepare(
        self,
        http: httpx.Client,
        account: Account,
        draft: Draft,
        keys: Keys,
        picture: bytes | None = None,
        after: tuple[Sent, ...] = (),
    ) -> Request:
        body = {"text": draft.text, "link": draft.link, "answers": after[-1].id if after else ""}
        return Request(f"{keys.created_at:%Y%m%dT%H%M%S%f}-{keys.nonce}", json.dumps(body))

    def publish(self, http: httpx.Client, account: Account, request: Request) -> Outcome:
        far, said = self.far_end, json.loads(request.body)
        text, post = said["text"], Post("", said["text"], said["text"], said["link"], said["answers"], self.far_end.now)
        far.calls[text] += 1
        if far.mood.effect != "none" and (why := far.check(text)):
            far.wrong.append(f"{why}: {text!r}")
        if far.mood.answer == "refused":
            far.refused.add(text)
        if far.mood.answer != "done" or far.mood.pause:
            far.faults[text] += 1
        return self._answered(post.identity, lambda: Sent(far.put(request.key, post), "https://far.example/"))

    def find(self, http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
        far, said = self.far_end, json.loads(request.body)
        if far.kind == "blind" or far.look == "nobody there":
            return CannotTell("It cannot be read.")
        if far.look == "nonsense":
            raise NonsenseError
        if far.look == "behind" and request.key not in far.missed:
            far.missed.add(request.key)
            return NotThere()
        own = [post for post in far.public.values() if post.seen_from <= far.now]
        if far.kind == "keyed":
            found = [post for post in own if post.place == request.key]
        else:
            found = [post for post in own if (post.sent_as, post.answers) == (said["text"], said["answers"])]
        return Sent(found[0].place, "https://far.example/") if found else NotThere()

    def _edit(self, http: httpx.Client, account: Account, sent: Sent, before: Request, after: Request) -> Outcome:
        far, said = self.far_end, json.loads(after.body)
        if far.mood.effect != "none" and (why := far.check(said["text"])):
            far.wrong.append(f"changed, and {why}: {said['text']!r}")
        if sent.id not in far.public:
            return Refused("It is not there any more.")
        return self._changed(sent, lambda: far.change(sent.id, said["text"]), lambda: sent)

    def _delete(self, http: httpx.Client, account: Account, sent: Sent, request: Request) -> Removal:
        if why := self.far_end.check(""):
            self.far_end.wrong.append(f"taken back, and {why}")
        outcome = self._changed(sent, lambda: self.far_end.public.pop(sent.id, None), lambda: sent)
        return Gone() if isinstance(outcome, Sent) else outcome

    def _changed(self, sent: Sent, effect: Callable[[], object], done: Callable[[], Sent]) -> Outcome:
        link = self._link(sent)
        far = self.far_end
        if far.mood.answer != "done" or far.mood.pause or far.is_shaky:
            far.doubtful.add(link)

        def act() -> Sent:
            effect()
            return done()

        return self._answered(link, act)

    def _link(self, sent: Sent) -> str:
        """Of the first post of the thread that this one is in."""
        post = self.far_end.public.get(sent.id)
        while post and not post.link:
            post = self.far_end.public.get(post.answers)
        return post.link if post else ""

    def _answered(self, link: str, act: Callable[[], Sent]) -> Outcome:
        """As its mood is; one that is held up before anything is done has a network that knows repeats."""
        far, mood = self.far_end, self.far_end.mood
        if mood.pause == "before" and far.kind == "keyed":
            far.pause()
        done = act() if mood.effect == "now" else None
        if mood.effect == "late":
            far.later(link, lambda: _forget(act()))
        if mood.pause == "after" or (mood.pause == "before" and far.kind != "keyed"):
            far.pause()
        return _heard(mood.answer, done)


def _heard(answer: str, done: Sent | None) -> Outcome:
    match answer:
        case "later":
            return Retry("Nobody is there.")
        case "refused":
            return Refused("It does not take it.")
        case "no access":
            return AuthLost("It knows nobody of that name.")
        case "nonsense":
            raise NonsenseError
        case "death":
            raise Crash
    return done or Unsure("No answer came.")


def _forget(_: object) -> None:
    """What nobody hears."""
