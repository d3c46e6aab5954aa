"""The configuration of every process: the same, but for the address that it listens on and its own door to the database."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.mastodon import TOKEN
from tests.scale.ends import ACCOUNTS, SERVERS
from tests.scale.far import Far
from tests.scale.farm import host_of
from tests.scale.names import contact
from tests.scale.plan import Plan

_HEAD = """version  = 1
language = "en"

[service]
listen     = "127.0.0.1:{port}"
public_url = "{public}"
database   = "postgresql://postgres@127.0.0.1:{door}/{database}"
feeds      = "{folder}/feeds"
contact    = "{contact}"
allow      = ["127.0.0.0/8"]
proxies    = ["127.0.0.1"]
work       = "{work}"

[feeds.blog]
title = "The blog"
from  = ["s0"]
link  = "https://blog.example/"

[approvals.quick]
steps = ["editor"]
undo  = "0s"
"""
_SOURCE = """
[sources.s{n}]
url      = "http://{host}:{port}/{n}"
backlog  = "latest {each}"
merge    = false
push     = false
pictures = "none"
"""
_ROUTE = """
[[routes]]
from     = [{sources}]
to       = ["{account}"]
approval = "quick"
"""


@dataclass(frozen=True, slots=True)
class Site:
    """A folder with a configuration for each process; ``ports`` are those of the web processes."""

    folder: Path
    public: str
    ports: dict[str, int]
    database: str

    def file(self, name: str) -> Path:
        """The configuration of one process."""
        return self.folder / f"{name}.toml"

    def write(self, name: str, rest: str, door: int, work: str) -> None:
        """That of one; ``door`` is its port of the proxy, ``rest`` what all have in common."""
        own = {"port": self.ports.get(name, 0), "public": self.public, "folder": self.folder, "database": self.database}
        head = _HEAD.format(**own, contact=contact(name), door=door, work=work)
        self.file(name).write_text(head + rest, encoding="utf-8")


def environment() -> dict[str, str]:
    """That of every process: with the accounts' secret. Who hangs at its end says where, once it is told to abort."""
    return {**os.environ, "SCALE_TOKEN": TOKEN, "PYTHONFAULTHANDLER": "1"}


def rest(plan: Plan, far: Far) -> str:
    """Sources, accounts and routes: the news of a source go to one account each."""
    return "".join((*_sources(plan, far), *_accounts(far), *_routes(plan.sources)))


def account_of(source: int) -> str:
    """Where its news go."""
    return ACCOUNTS[source % len(ACCOUNTS)]


def _sources(plan: Plan, far: Far) -> Iterator[str]:
    for n in range(plan.sources):
        yield _SOURCE.format(n=n, host=host_of(n), port=far.sources, each=plan.each)


def _accounts(far: Far) -> Iterator[str]:
    for name in ACCOUNTS:
        where = f'"http://127.0.0.1:{far.networks}/{name}"'
        if name in SERVERS:
            yield f'\n[accounts.{name}]\nnetwork = "mastodon"\ninstance = {where}\ntoken = {{ env = "SCALE_TOKEN" }}\n'
        else:
            yield f'\n[accounts.{name}]\nnetwork = "sandbox"\nserver = {where}\nimitates = "bluesky"\n'


def _routes(sources: int) -> Iterator[str]:
    of: dict[str, Sequence[str]] = {
        name: [f'"s{n}"' for n in range(sources) if account_of(n) == name] for name in ACCOUNTS
    }
    for name, own in of.items():
        if own:
            yield _ROUTE.format(sources=", ".join(own), account=name)
