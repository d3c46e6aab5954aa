"""What would become of a document: the steps of ``poll``, without storing or sending anything."""

from dataclasses import dataclass
from datetime import datetime

from relay.core.crosspost import Draft
from relay.core.document import ParsedEntry, ParsedFeed
from relay.core.expression.tree import wording
from relay.core.filtering.facts import Facts, of_post
from relay.core.filtering.filters import Judgement, all_hold, judged
from relay.core.identity.recognition import trustworthy
from relay.core.language.length import Count, measure
from relay.core.normalise import normalise, slug
from relay.core.post import Post
from relay.core.route import Route
from relay.core.source import Source
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
class Choice:
    """Whether a route from the source takes the post; ``why`` names its ``when``, or the part that does not hold.

    ``slow`` are comparisons whose search was given up.
    """

    route: int
    takes: bool
    why: str
    slow: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """One entry: the post made of it and its announcements, or why it is left out; and which rules decided."""

    entry: ParsedEntry
    post: Post | None
    announcements: tuple[Announcement, ...]
    left_out: str | None
    judgement: Judgement
    choices: tuple[Choice, ...] = ()


def preview(document: ParsedFeed, source: Source, desk: Desk, now: datetime) -> tuple[Preview, ...]:
    """Every entry of the document, oldest first, as ``poll`` would take it."""
    posts: list[Post] = []
    found: list[Preview] = []
    entries = trustworthy(document.entries)[::-1]
    for entry, judgement in zip(entries, judged(entries, source), strict=True):
        if not judgement.is_kept:
            found.append(Preview(entry, None, (), judgement.why, judgement))
            continue
        post = desk.housed(normalise(entry, source, desk.home(source.id), slug(entry), posts, now))
        posts.append(post)
        found.append(Preview(entry, post, _announcements(desk, post), None, judgement, _choices(desk, post)))
    return tuple(found)


def _choices(desk: Desk, post: Post) -> tuple[Choice, ...]:
    facts = of_post(post)
    return tuple(_choice(route, facts) for route in desk.routes if post.source_id in route.sources)


def _choice(route: Route, facts: Facts) -> Choice:
    verdict = all_hold(route.when, facts)
    said = verdict.by or "; ".join(map(wording, route.when))
    return Choice(route.number, verdict.holds, f"when: {said}" if said else "", verdict.slow)


def _announcements(desk: Desk, post: Post) -> tuple[Announcement, ...]:
    drafts = desk.drafts(post).items()
    return tuple(_announcement(desk, account, route, draft) for account, (route, draft) in drafts)


def _announcement(desk: Desk, account: str, route: Route, draft: Draft) -> Announcement:
    counts = measure(draft.text, desk.limits(account), draft.warning)
    return Announcement(account, desk.accounts[account].network, route.number, draft.text, counts)
