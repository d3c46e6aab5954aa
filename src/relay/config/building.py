"""The document, table by table, made into a configuration; what one table names in another is checked here."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from relay.config.configuration import Configuration
from relay.config.sections.accounts import Means, account
from relay.config.sections.approvals import approval
from relay.config.sections.feeds import Known as Publishable
from relay.config.sections.feeds import feed
from relay.config.sections.forms import forms, warn_of_idle
from relay.config.sections.handles import body, warn_of_shared_names
from relay.config.sections.hashtags import tagging
from relay.config.sections.hooks import hook
from relay.config.sections.hubs import with_hubs
from relay.config.sections.mail import mail
from relay.config.sections.mentions import mentioning, warn_of_plain_names, warn_of_strangers
from relay.config.sections.notify import Around, listeners
from relay.config.sections.retired import check_names, retired
from relay.config.sections.routes import Known, routes
from relay.config.sections.service import service
from relay.config.sections.signing import sign_in
from relay.config.sections.sources import Surroundings, source
from relay.config.sections.timing import schedule
from relay.config.shipped import DIRECTORIES, shipped, together
from relay.config.table import Fault, Table
from relay.config.values import language, name, one_of, zone
from relay.core.account import Account
from relay.core.directory.handles import Directory
from relay.core.route import Route

Sections = Mapping[str, Table]

_SECTIONS = (
    *("service", "sources", "feeds", "templates", "retired", "handles", "mentions", "hashtags"),
    *("accounts", "schedules", "approvals", "notify", "mail", "hooks", "sign_in"),
)
_KEYS = ("version", "timezone", "language", "directory", "routes", *_SECTIONS)


def build(document: Table, means: Means) -> Configuration:
    """The configuration. Where troubles were reported, a default stands in for what was wrong."""
    document.only(*_KEYS)
    _check_version(document)
    sections = {section: document.table(section) for section in _SECTIONS}
    directory = _directory(document, sections, means)
    around = Surroundings(
        bodies=tuple(directory.bodies),
        language=document.one("language", language, "fr"),
        zone=document.one("timezone", zone, "UTC"),
    )
    running = service(sections["service"], means.environ)
    entered = sign_in(sections["sign_in"], means.environ)
    bare = Configuration(1, around.zone, around.language, running, directory=directory, sign_in=entered)
    return _with_routes(document, sections, means, _with_feeds(sections, means, around, bare))


def _directory(document: Table, sections: Sections, means: Means) -> Directory:
    """Who is who: the operator's own entries, then those of the directories that are switched on."""
    networks = _networks(means)
    own = {key: body(key, table, networks) for key, table in _named(sections["handles"])}
    warn_of_shared_names(sections["handles"], own)
    chosen = document.many("directory", one_of(DIRECTORIES, "R094"))
    bodies = together(own, *(shipped(one, tuple(networks)) for one in chosen))
    return Directory(bodies, mentioning(sections["mentions"], networks), frozenset(bodies.keys() - own.keys()))


def _with_feeds(sections: Sections, means: Means, around: Surroundings, bare: Configuration) -> Configuration:
    """What comes in, and what goes out to readers."""
    names, networks = tuple(sections["sources"].values), _networks(means)
    written = forms(_named(sections["templates"]), networks, bare.language)
    known = Publishable(names, networks, written, bare.language, means.folder, bare.zone)
    warn_of_idle(sections["templates"], sections["feeds"], bare.language)
    check_names(sections["feeds"], sections["retired"])
    return replace(
        bare,
        sources=tuple(source(key, table, around) for key, table in _named(sections["sources"])),
        feeds=tuple(
            with_hubs(feed(key, table, known), table, bare.service.public_url)
            for key, table in _named(sections["feeds"])
        ),
        retired=tuple(retired(key, table, bare.language) for key, table in _named(sections["retired"])),
        tagging=tagging(sections["hashtags"], networks),
    )


def _with_routes(document: Table, sections: Sections, means: Means, bare: Configuration) -> Configuration:
    """What goes out to networks."""
    accounts = tuple(filter(None, (account(key, table, means) for key, table in _named(sections["accounts"]))))
    known = Known(
        sources=tuple(sections["sources"].values),
        accounts=tuple(sections["accounts"].values),
        approvals={key: approval(key, table) for key, table in _named(sections["approvals"])},
        schedules={key: schedule(key, table, bare.zone) for key, table in _named(sections["schedules"])},
        networks=_networks(means),
        zone=bare.zone,
    )
    written = routes(document, known)
    reached = _networks_of(sections["accounts"])
    warn_of_plain_names(sections["handles"], bare, written, reached)
    warn_of_strangers(document, written, reached)
    usable, letters = tuple(_usable(written, accounts)), mail(sections["mail"], means.environ)
    working = {one.id for one in accounts}
    around = Around(known.accounts, working, written, letters is not None, bare.language)
    heard = listeners(sections["notify"], around)
    hooks = tuple(hook(key, table, means.environ) for key, table in _named(sections["hooks"]))
    return replace(bare, accounts=accounts, routes=usable, mail=letters, listeners=heard, hooks=hooks)


def _networks(means: Means) -> Collection[str]:
    """Every network that has a name here."""
    return sorted(means.networks)


def _check_version(document: Table) -> None:
    value = document.values.get("version")
    if value is None:
        document.report((), Fault("R011", {"name": "version"}), at_key=True)
    elif not isinstance(value, int) or isinstance(value, bool):
        document.report(("version",), Fault("R013/number"))
    elif value != 1:
        document.report(("version",), Fault("R064", {"value": str(value)}))


def _named(section: Table) -> Iterator[tuple[str, Table]]:
    """The tables of a section, each under a good name."""
    for key, table in section.tables():
        if isinstance(fault := name(key), Fault):
            section.report((key,), fault, at_key=True)
        yield key, table


def _networks_of(accounts: Table) -> Mapping[str, str]:
    """The network of every account, also of those that cannot post yet."""
    written = {key: value.get("network") for key, value in accounts.values.items() if isinstance(value, dict)}
    return {key: network for key, network in written.items() if isinstance(network, str)}


def _usable(written: tuple[Route, ...], accounts: tuple[Account, ...]) -> Iterator[Route]:
    """The routes without the accounts that cannot post; those that have no other are left out."""
    working = {account.id for account in accounts}
    for route in written:
        if kept := tuple(account for account in route.accounts if account in working):
            yield replace(route, accounts=kept)
