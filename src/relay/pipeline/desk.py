"""What the steps know of the operator's wishes: one frozen value, handed to each."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from relay.core import thread
from relay.core.account import Account, Limits
from relay.core.compose import compose
from relay.core.crosspost import Crosspost, Draft
from relay.core.directory.handles import Directory
from relay.core.excerpt.fitting import longest
from relay.core.feed import OutgoingFeed
from relay.core.filtering.facts import Facts, of_post
from relay.core.filtering.filters import PATIENCE, all_hold
from relay.core.filtering.selection import selects
from relay.core.language.length import beside
from relay.core.normalise import Home
from relay.core.post import Post
from relay.core.route import Route, Schedule
from relay.core.source import Source
from relay.core.subject.hashtags import Tagging, tagged
from relay.core.tracing import QUIET, Tracing
from relay.networks.abilities import Abilities
from relay.networks.network import Network
from relay.storage.keys import Keyplace

log = logging.getLogger("relay")

LOST = -1
"""The number of no route."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Sources, feeds, accounts and routes as configured, and the networks by name."""

    sources: Mapping[str, Source]
    feeds: tuple[OutgoingFeed, ...]
    accounts: Mapping[str, Account]
    routes: tuple[Route, ...]
    directory: Directory
    networks: Mapping[str, Network]
    public_url: str
    own_hosts: frozenset[str] = frozenset()
    """Names and addresses of machines of the operator's own, where one address may stand for many services."""
    tagging: Tagging = Tagging()
    keyplace: Keyplace = Keyplace()
    """Where the key is that seals what connects accounts."""
    told: Mapping[str, Limits] = field(default_factory=dict)
    """By account, the limits that its server has told, in place of those that all such servers have."""
    unopened: Mapping[str, str] = field(default_factory=dict)
    """By account, why what connects it cannot be opened."""
    configured: Mapping[str, Account] = field(default_factory=dict)
    """The accounts without what connects them, where ``accounts`` has it."""

    tracing: Tracing = QUIET
    """Who is told of the steps as they are taken."""
    has_workers: bool = False
    """Whether workers are to take them, and not the daemon."""

    def home(self, source_id: str) -> Home:
        """Where the posts of a source live: in the first feed that takes it; as long as any that does prints them."""
        takers = [feed for feed in self.feeds if source_id in feed.sources]
        if not takers:
            return Home(urlsplit(self.public_url).hostname or "localhost", None, tagging=self.tagging)
        link, lengths = takers[0].link, longest(feed.form for feed in takers)
        return Home(urlsplit(link).hostname or "localhost", link, takers[0].related, self.tagging, lengths)

    def housed(self, post: Post) -> Post:
        """At the address of the first feed that takes it: only there it has a page. At its source's if none does."""
        takers = [feed for feed in self.feeds if post.source_id in feed.sources]
        feed = next((feed for feed in takers if selects(feed, post)), None)
        if feed is None or feed is takers[0]:
            return post if feed or not takers else replace(post, url=post.more_url)
        return replace(post, url=f"{feed.link}{post.slug}.html")

    def limits(self, account_id: str) -> Limits:
        """How long a text for this account may be."""
        account = self.accounts[account_id]
        network = self.networks[account.network]
        limits = self.told.get(account_id) or network.limits(account)
        return replace(limits, threads=network.abilities(account).threads)

    def abilities(self, account_id: str) -> Abilities:
        """What can be done with this account's posts beside sending them."""
        account = self.accounts[account_id]
        return self.networks[account.network].abilities(account)

    def posts(self, crosspost: Crosspost) -> tuple[Draft, ...]:
        """The posts as which it leaves: one, or a thread."""
        return thread.drafts(crosspost.draft, threads=self.abilities(crosspost.account).threads)

    def unusable(self, account_id: str) -> str:
        """Why nothing can be done with this account, empty when it can."""
        account = self.accounts.get(account_id)
        if account is None:
            return "Its account is no longer in the configuration."
        if not self.missing(account_id):
            return ""
        return self.unopened.get(account_id) or f"Its account is to be connected: `relay account connect {account_id}`."

    def missing(self, account_id: str) -> tuple[str, ...]:
        """The secrets that this account needs and does not have."""
        account = self.accounts[account_id]
        needed = self.networks[account.network].SETTINGS.secret
        return tuple(name for name in needed if name not in account.secrets)

    def route(self, crosspost: Crosspost) -> Route:
        """The route that governs a cross-post; where the configuration lost it, the account's strictest does."""
        own = [route for route in self.routes if crosspost.account in route.accounts]
        same = [route for route in own if route.number == crosspost.route]
        strictest = sorted(own, key=lambda route: (-len(route.approval.steps), route.approval.self_approval))
        return next(iter(same or strictest), Route(crosspost.route, (), ()))

    def ways(self, source_id: str, account_id: str) -> tuple[Route, ...]:
        """The routes from this source to this account, whatever posts they take."""
        return tuple(route for route in self.routes if source_id in route.sources and account_id in route.accounts)

    def schedule(self, crosspost: Crosspost) -> Schedule:
        """When it may leave: as its route says, but for a digest, which has its own hour in that zone."""
        schedule = self.route(crosspost).schedule
        digest = self.abilities(crosspost.account).digest if crosspost.account in self.accounts else None
        return replace(schedule, slots=(digest.slot,)) if digest else schedule

    def number(self, source_id: str, account_id: str) -> int:
        """The route from this source to this account, by its place; ``LOST`` where there is none any more."""
        return next((route.number for route in self.ways(source_id, account_id)), LOST)

    def number_of(self, post: Post, account_id: str, sources: Sequence[str] = ()) -> int:
        """The route that takes this post to this account, by its place; ``LOST`` where there is none any more."""
        return next((route.number for route in self.taking(post, sources) if account_id in route.accounts), LOST)

    def taking(self, post: Post, sources: Sequence[str] = ()) -> tuple[Route, ...]:
        """The routes that take this post: they name a source of it, and what they say of ``when`` holds."""
        facts, shown_by = of_post(post), {*(sources or (post.source_id,))}
        return tuple(route for route in self.routes if shown_by.intersection(route.sources) and _holds(route, facts))

    def drafts(self, post: Post, sources: Sequence[str] = ()) -> dict[str, tuple[Route, Draft]]:
        """The words for every account that a route takes this post to; the first route to an account decides.

        ``sources`` are those that show it, where it is not only the one whose words it has.
        """
        found: dict[str, tuple[Route, Draft]] = {}
        for route in self.taking(post, sources):
            for account_id in route.accounts:
                found.setdefault(account_id, (route, self.draft(post, route, account_id)))
        return found

    def draft(self, post: Post, route: Route, account_id: str) -> Draft:
        """The words for one account, by this route's template."""
        account = self.accounts[account_id]
        known_as = self.networks[account.network].directory_name(account)
        source = self.sources.get(post.source_id)
        name = source.name if source else post.credit.rpartition(":")[2].strip()
        seen = replace(post, picture=None) if source and source.pictures == "link" else post
        own = tagged(seen, known_as, self.tagging, self.directory)
        few = own if route.hashtags is None else replace(own, hashtags=own.hashtags[: route.hashtags])
        limits = self.limits(account_id)
        warning = route.warning if self.abilities(account_id).warns else ""
        room = beside(warning, limits) if warning else limits
        return replace(compose(few, name, route.text, room, known_as, self.directory), warning=warning)


def _holds(route: Route, facts: Facts) -> bool:
    verdict = all_hold(route.when, facts)
    for slow in verdict.slow:
        log.warning("routes, %d: given up after %s s, as if nothing was found: %s", route.number + 1, PATIENCE, slow)
    return verdict.holds
