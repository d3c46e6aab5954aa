"""What the sandbox networks keep, in memory: accounts, and the posts of each under their keys."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A post as it is put: the JSON of the API, field by field."""

    text: str
    language: str = ""
    link: str = ""
    title: str = ""
    description: str = ""
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Post:
    """A post under its key."""

    key: str
    content: Content


@dataclass(slots=True)
class Timeline:
    """One account and what it has posted."""

    account: SandboxAccount
    posts: dict[str, Post] = field(default_factory=dict)

    def newest_first(self) -> list[Post]:
        """The posts as a reader meets them."""
        return sorted(self.posts.values(), key=lambda post: (post.content.created_at, post.key), reverse=True)


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
