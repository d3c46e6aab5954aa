"""One of each thing, plain; a test replaces what it is about."""

from datetime import UTC, datetime, timedelta

from relay.core.crosspost import Crosspost, Draft, Keys, State
from relay.core.directory.handles import Body, Directory
from relay.core.document import ParsedEntry
from relay.core.people import Editor, Role
from relay.core.post import Post
from relay.core.route import ApprovalRule
from relay.core.source import Source

NOW = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

SOURCE = Source(id="cget", url="https://cget.exemple.fr/rss", attribution="Source : CGET")

ENTRY = ParsedEntry(
    id="https://cget.exemple.fr/?p=12",
    url="https://cget.exemple.fr/actions",
    title="Action Cœur de Ville : quel bilan ?",
    summary="Le Conseil d’orientation s’est réuni.",
    content_html="<p>Le programme débute.</p><p>Il continue.</p>",
    published=NOW - DAY,
)

POST = Post(
    id="tag:blog.exemple.fr,2026-10-01:cget/bilan",
    slug="bilan",
    url="https://blog.exemple.fr/bilan.html",
    source_id="cget",
    headline="Action Cœur de Ville : quel bilan ?",
    handles=("cget", "territoires"),
    hashtags=("SMCL",),
    credit="Source : CGET",
    credit_url="https://cget.exemple.fr/actions",
    lead="Le Conseil d’orientation s’est réuni.",
    picture=None,
    body_html="<p>Le programme débute.</p>",
    more_url="https://cget.exemple.fr/actions",
    related=(),
    language="fr",
    categories=("Ville",),
    author=None,
    published=NOW,
    updated=NOW,
)

DIRECTORY = Directory(
    {
        "cget": Body("cget", "CGET", {"x": "@CGET_gouv", "bluesky": "@cget.bsky.social"}),
        "territoires": Body("territoires", "Ministère des Territoires", {"x": "@Min_Territoires"}),
    }
)

RULE = ApprovalRule()
KEYS = Keys(created_at=NOW, nonce=7)
WORDS = Draft(
    text="Un bilan https://blog.exemple.fr/bilan.html", language="fr", link="https://blog.exemple.fr/bilan.html"
)
OTHER_WORDS = Draft(text="Un meilleur bilan", language="fr", link=WORDS.link)
ANNE, BENOIT = Editor("anne", Role.EDITOR), Editor("benoit", Role.EDITOR)
DIDIER = Editor("didier", Role.DIRECTOR)

CROSSPOST = Crosspost(
    id=1,
    entry_id=1,
    account="toots",
    route=0,
    state=State.WAITING,
    revision=1,
    draft=WORDS,
    created_at=NOW,
    changed_at=NOW,
)
