"""What would become of a document: the steps of ``poll``, without storing or sending anything."""

from dataclasses import dataclass
from datetime import datetime

from relay.core.changes import left_out, trustworthy
from relay.core.crosspost import Draft
from relay.core.document import ParsedEntry, ParsedFeed
from relay.core.normalise import normalise, slug
from relay.core.post import Post
from relay.core.route import Route
from relay.core.source import Source
from relay.core.text import Count, measure
from relay.pipeline.desk import Desk


@dataclass(frozen=True, slots=True)
class Announcement:
    """The words for one account, by which route, and how long they are there."""

    account: str
    network: str
    route: int
    text: str
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """One entry: the post made of it and its announcements, or why it is left out."""

    entry: ParsedEntry
    post: Post | None
    announcements: tuple[Announcement, ...]
    left_out: str | None


def preview(document: ParsedFeed, source: Source, desk: Desk, now: datetime) -> tuple[Preview, ...]:
    """Every entry of the document, oldest first, as ``poll`` would take it."""
    posts: list[Post] = []
    found: list[Preview] = []
    for entry in reversed(trustworthy(document.entries)):
        why = left_out(entry, source)
        if why:
            found.append(Preview(entry, None, (), why))
            continue
        post = normalise(entry, source, desk.home(source.id), slug(entry), posts, now)
        posts.append(post)
        found.append(Preview(entry, post, _announcements(desk, post), None))
    return tuple(found)


def _announcements(desk: Desk, post: Post) -> tuple[Announcement, ...]:
    drafts = desk.drafts(post).items()
    return tuple(_announcement(desk, account, route, draft) for account, (route, draft) in drafts)


def _announcement(desk: Desk, account: str, route: Route, draft: Draft) -> Announcement:
    counts = measure(draft.text, desk.limits(account))
    return Announcement(account, desk.accounts[account].network, route.number, draft.text, counts)
