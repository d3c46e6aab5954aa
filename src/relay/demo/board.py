"""What the sandbox networks keep, in memory: accounts, and the posts of each under their keys."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Literal

import msgspec

Imitated = Literal["mastodon", "bluesky"]


@dataclass(frozen=True, slots=True)
class SandboxAccount:
    """An account of a sandbox network; ``handle`` has no "@" before it."""

    id: str
    name: str
    handle: str
    imitates: Imitated


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a post's card."""

    url: str
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A post as it is put: the JSON of the API, field by field."""

    text: str
    language: str = ""
    link: str = ""
    title: str = ""
    description: str = ""
    image: Picture | None = None
    warning: str = ""
    answers: str = ""
    """The key of the post that it answers."""
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Post:
    """A post under its key, and whether it once said something else."""

    key: str
    content: Content
    is_edited: bool = False

    @property
    def etag(self) -> str:
        """What it says, as a strong validator (RFC 9110, 8.8.3)."""
        return f'"{sha256(msgspec.json.encode(self.content)).hexdigest()[:16]}"'


@dataclass(slots=True)
class Timeline:
    """One account and what it has posted."""

    account: SandboxAccount
    posts: dict[str, Post] = field(default_factory=dict)

    def newest_first(self) -> list[Post]:
        """The posts as a reader meets them: threads from the newest, each from its first post to its last."""
        oldest_first = sorted(self.posts.values(), key=lambda post: (post.content.created_at, post.key))
        threads: dict[str, list[Post]] = {}
        for post in oldest_first:
            threads.setdefault(self.root(post), []).append(post)
        return [post for thread in reversed(threads.values()) for post in thread]

    def root(self, post: Post) -> str:
        """The key of the first post of its thread; what answers a post that is gone begins one of its own."""
        seen = {post.key}
        while (before := self.posts.get(post.content.answers)) and before.key not in seen:
            seen.add(before.key)
            post = before
        return post.key


@dataclass(frozen=True, slots=True)
class Board:
    """All timelines by the id of their account."""

    timelines: dict[str, Timeline]

    def addressed(self, account_id: str) -> Timeline:
        """The timeline of an account, which exists from the first time that somebody writes to it."""
        unknown = Timeline(SandboxAccount(account_id, account_id, account_id, "mastodon"))
        return self.timelines.setdefault(account_id, unknown)

    def find(self, account_id: str, key: str) -> Post | None:
        """The post under this key."""
        timeline = self.timelines.get(account_id)
        return timeline.posts.get(key) if timeline else None


def board(accounts: Sequence[SandboxAccount]) -> Board:
    """An empty timeline for each account."""
    return Board({account.id: Timeline(account) for account in accounts})


def read(body: bytes) -> Content | str:
    """The post in a request, or what is wrong with it in a sentence."""
    try:
        content = msgspec.json.decode(body, type=Content)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return f"This is not a post: {error}."
    if content.created_at.tzinfo is None:
        return "This is not a post: created_at has no time zone."
    return content if content.text.strip() else "A post needs words."
