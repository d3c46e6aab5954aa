"""What a configuration file says, once it is good."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from relay.config.wording.message import Message
from relay.core.account import Account, Secret
from relay.core.directory.handles import Directory
from relay.core.feed import OutgoingFeed
from relay.core.programs.hook import Hook
from relay.core.retired import Retired
from relay.core.route import Route
from relay.core.signing.ways import SignIn
from relay.core.source import Source
from relay.core.subject.hashtags import Tagging
from relay.core.telling.listener import Listener


@dataclass(frozen=True, slots=True)
class NetworkKeys:
    """The keys that an ``[accounts.…]`` of one network takes, each with what it means.

    ``secret`` ones are required too, and come from a variable or a file; so do ``optional_secret`` ones.
    """

    required: Mapping[str, str] = field(default_factory=dict)
    optional: Mapping[str, str] = field(default_factory=dict)
    secret: Mapping[str, str] = field(default_factory=dict)
    optional_secret: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Service:
    """Where relay runs. ``database`` is a path (SQLite) or a ``postgresql://`` address.

    ``feeds`` is the folder that relay writes; ``contact`` an address for the User-Agent; ``allow`` names the
    hosts, addresses and networks (CIDR) that may be reached although they are not public. ``callbacks`` does the same
    for subscribers of relay's own hub: what strangers ask for goes to nothing in ``allow``. ``proxies`` are the
    networks (CIDR) of those who are believed when they say by ``X-Forwarded-For`` for whom they ask.

    ``key`` seals what connects accounts, empty where it is configured and cannot be had; ``None`` leaves it to a file
    of relay's own, ``key_file``, which there is only beside a database that is a file.

    ``work`` is done ``here``, by the process that serves, or by ``workers``, processes of their own.

    ``reload``: another configuration is taken at a ``signal``, or at a ``change`` of its files, too.
    """

    listen_host: str = "127.0.0.1"
    listen_port: int = 8080
    public_url: str = "http://127.0.0.1:8080"
    database: str = "data/relay.db"
    feeds: Path = Path("feeds")
    contact: str | None = None
    allow: tuple[str, ...] = ()
    callbacks: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ("127.0.0.0/8", "::1/128")
    key: Secret | None = None
    key_file: Path | None = Path("data/relay.key")
    work: str = "here"
    reload: str = "signal"


@dataclass(frozen=True, slots=True)
class Configuration:
    """The whole file. An account whose secret is missing stands here without it in ``secrets``.

    Accounts on networks that this version cannot post to are left out, and so are routes that had no other.
    """

    version: int
    zone: str
    language: str
    service: Service
    sources: tuple[Source, ...] = ()
    feeds: tuple[OutgoingFeed, ...] = ()
    directory: Directory = field(default_factory=Directory)
    accounts: tuple[Account, ...] = ()
    routes: tuple[Route, ...] = ()
    tagging: Tagging = Tagging()
    retired: tuple[Retired, ...] = ()
    mail: Account | None = None
    """What hands over the service's own letters, as an account of e-mail without a reader."""
    listeners: tuple[Listener, ...] = ()
    hooks: tuple[Hook, ...] = ()
    sign_in: SignIn = SignIn()


@dataclass(frozen=True, slots=True)
class Loaded:
    """The configuration, ``None`` when an error stands in its way, and every message about the file.

    ``file`` is its path as it was given, ``language`` (``fr`` or ``en``) the one in which the messages are.
    """

    file: str
    language: str
    configuration: Configuration | None
    messages: tuple[Message, ...]
