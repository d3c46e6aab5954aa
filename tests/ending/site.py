"""The service that is told to end: its configuration, its database, its posts, approved and due."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import Connection, update

from relay.core.crosspost import Crosspost, Draft, Keys, State
from relay.core.people import Editor, Role
from relay.core.review import workflow
from relay.core.route import ApprovalRule
from relay.storage import crossposts, journal, people, sessions
from relay.storage.database import Database
from relay.storage.journal import Actor
from relay.storage.tables.intake import sources
from tests.edges.rows import add_entry
from tests.ending.far import ACCOUNTS, DIALECTS, SILENT
from tests.fakes.discord import HOOK
from tests.fakes.mastodon import TOKEN

CAMILLE = Editor("camille", Role.EDITOR)
SESSION = "a-session-of-camille"
RULE = ApprovalRule(undo=timedelta(0))
_HEAD = """
version  = 1
language = "en"

[service]
listen   = "127.0.0.1:{port}"
database = "{folder}/relay.db"
feeds    = "{folder}/feeds"
allow    = ["127.0.0.1", "localhost"]

[sources.quick]
url         = "{url}/rss/quick"
attribution = "Source : une"

[sources.slow]
url         = "{other}/rss/slow"
attribution = "Source : deux"

[feeds.blog]
title = "The blog"
from  = ["quick", "slow"]
link  = "https://blog.example/"

[approvals.quick]
steps = ["editor"]
undo  = "0s"

[[routes]]
from     = ["quick", "slow"]
to       = [{accounts}]
approval = "quick"
"""


@dataclass(frozen=True, slots=True)
class Site:
    """A folder with a configuration, and where its pages are."""

    folder: Path
    port: int
    url: str

    @property
    def file(self) -> Path:
        """The configuration."""
        return self.folder / "relay.toml"

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.folder / "relay.db"

    def environment(self) -> dict[str, str]:
        """The accounts' secrets."""
        return {"ENDING_TOKEN": TOKEN, "ENDING_HOOK": self.url + HOOK}

    def write(self) -> None:
        """Its configuration."""
        names = ", ".join(f'"{name}"' for name in ACCOUNTS)
        other = self.url.replace("127.0.0.1", "localhost")
        head = _HEAD.format(port=self.port, folder=self.folder, url=self.url, other=other, accounts=names)
        self.file.write_text(head + "".join(self._account(name) for name in ACCOUNTS), encoding="utf-8")

    def _account(self, name: str) -> str:
        if name == SILENT:
            return f'\n[accounts.{name}]\nnetwork = "discord"\nwebhook = {{ env = "ENDING_HOOK" }}\n'
        assert name in DIALECTS
        keys = f'network = "mastodon"\ninstance = "{self.url}/{name}"\ntoken = {{ env = "ENDING_TOKEN" }}\n'
        return f"\n[accounts.{name}]\n{keys}"


def sign_in(db: Database, now: datetime) -> None:
    """Camille has a page open."""
    with db.write() as tx:
        people.add(tx, CAMILLE.name, CAMILLE.role, now)
        sessions.add(tx, SESSION, CAMILLE.name, now)


def ask_again(db: Database, now: datetime) -> None:
    """Every source is due."""
    with db.write() as tx:
        tx.execute(update(sources).values(due=now))


def approved(db: Database, numbers: range, chance: Random, now: datetime) -> None:
    """So many posts have their yes, and are due: those of one account one after the other."""
    with db.write() as tx:
        for one in numbers:
            store(tx, one, ACCOUNTS[one % len(ACCOUNTS)], keys(one, chance, now), now)


def keys(number: int, chance: Random, now: datetime) -> Keys:
    """Of one yes: no two are of one moment."""
    return Keys(now - timedelta(milliseconds=number % 1000), chance.getrandbits(62))


def store(tx: Connection, number: int, account: str, keys: Keys, now: datetime) -> None:
    """A post that was queued, approved and scheduled as people would have done it, each step in the audit."""
    link = f"https://blog.example/{number}.html"
    draft = Draft(f"Dépêche {number}\n\n{link}", "fr", link, f"Dépêche {number}", "Une étude.")
    entry = add_entry(tx, f"n{number}", "quick")
    waiting = Crosspost(0, entry, account, 0, State.WAITING, 1, draft, created_at=now, changed_at=now)
    yes = workflow.approve(waiting, CAMILLE, RULE, 1, keys, now)
    steps = [waiting, yes, workflow.schedule(yes, now, now)]
    id = crossposts.queue(tx, steps[-1])
    before = None
    for step in (replace(one, id=id) for one in steps):
        journal.write(tx, Actor(CAMILLE.name, "page"), before, step, str(step.state), now)
        before = step
