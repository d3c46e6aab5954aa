"""What the steps know of the operator's wishes: one frozen value, handed to each."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from relay.core.account import Account, Limits
from relay.core.compose import compose
from relay.core.crosspost import Crosspost, Draft
from relay.core.directory.handles import Directory
from relay.core.excerpt.fitting import longest
from relay.core.feed import OutgoingFeed
from relay.core.filtering.facts import Facts, of_post
from relay.core.filtering.filters import PATIENCE, all_hold
from relay.core.filtering.selection import selects
from relay.core.normalise import Home
from relay.core.post import Post
from relay.core.route import Route
from relay.core.source import Source
from relay.core.subject.hashtags import Tagging, tagged
from relay.networks.network import Network

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
        return self.networks[account.network].limits(account)

    def unusable(self, account_id: str) -> str:
        """Why nothing can be done with this account, empty when it can."""
        account = self.accounts.get(account_id)
        if account is None:
            return "Its account is no longer in the configuration."
        missing = [name for name in self.networks[account.network].SETTINGS.secret if name not in account.secrets]
        return f"Its account has no {', '.join(missing)}: see `relay check`." if missing else ""

    def route(self, crosspost: Crosspost) -> Route:
        """The route that governs a cross-post; where the configuration lost it, the account's strictest does."""
        own = [route for route in self.routes if crosspost.account in route.accounts]
        same = [route for route in own if route.number == crosspost.route]
        strictest = sorted(own, key=lambda route: (-len(route.approval.steps), route.approval.self_approval))
        return next(iter(same or strictest), Route(crosspost.route, (), ()))

    def ways(self, source_id: str, account_id: str) -> tuple[Route, ...]:
        """The routes from this source to this account, whatever posts they take."""
        return tuple(route for route in self.routes if source_id in route.sources and account_id in route.accounts)

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
        return compose(own, name, route.text, self.limits(account_id), known_as, self.directory)


def _holds(route: Route, facts: Facts) -> bool:
    verdict = all_hold(route.when, facts)
    for slow in verdict.slow:
        log.warning("routes, %d: given up after %s s, as if nothing was found: %s", route.number + 1, PATIENCE, slow)
    return verdict.holds
