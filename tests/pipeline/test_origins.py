"""What a source's feed says of itself comes back in ``atom:source`` of its entries."""

import feedparser
import pytest

from relay.core.source import Origin
from relay.storage import sources
from tests.pipeline.world import NOON, Agency, World

HEAD = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr-FR">
<id>tag:agence.example,2020:actualites</id><title>Agence</title><updated>2026-11-24T09:00:00Z</updated>
<author><name>Le service de presse</name></author><category term="Ville"/><rights>Licence ouverte</rights>
<icon>/favicon.ico</icon><link rel="alternate" type="text/html" href="https://agence.example/"/>"""
ENTRY = """<entry><id>tag:agence.example,2026:1</id><title>Un bilan</title><updated>2026-11-24T08:00:00Z</updated>
<content type="html">&lt;p&gt;Le bilan.&lt;/p&gt;</content><link href="https://agence.example/1"/></entry></feed>"""


class InAtom(Agency):
    """It says all of itself that an Atom feed can say."""

    def feed(self) -> bytes:
        return (HEAD + ENTRY).encode()


@pytest.fixture
def told(world: World) -> World:
    world.agency = InAtom()
    world.poll()
    return world


def test_what_a_feed_says_of_itself_is_kept(told: World) -> None:
    with told.db.read() as tx:
        found = sources.origin(tx, "cget")
    assert found == Origin(
        id="tag:agence.example,2020:actualites",
        title="Agence",
        feed_url="https://agence.example/rss",
        site_url="https://agence.example/",
        updated=NOON.replace(hour=9),
        rights="Licence ouverte",
        authors=("Le service de presse",),
        categories=("Ville",),
        icon="https://agence.example/favicon.ico",
        language="fr-FR",
    )


def test_and_its_entries_say_it_of_their_source(told: World) -> None:
    told.publish()
    (entry,) = feedparser.parse((told.feeds / "blog" / "atom.xml").read_bytes()).entries

    assert (entry.source.id, entry.source.rights) == ("tag:agence.example,2020:actualites", "Licence ouverte")
    assert entry.source.author == "Le service de presse"
    assert entry.source.icon == "https://agence.example/favicon.ico"
