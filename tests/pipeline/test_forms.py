"""Two feeds take one source, each in its own form: what is kept is enough for the longest, and each prints its own."""

from dataclasses import dataclass, replace

from lxml import etree

from relay.core.excerpt.excerpt import Lengths
from relay.core.feed import OutgoingFeed
from relay.core.form import Form, lines
from relay.core.language.text import graphemes
from relay.core.markup.html import to_text
from relay.pipeline.desk import Desk
from tests.pipeline.world import Agency, World, desk

SENTENCES = [
    f"La commune numéro {number} a signé sa convention avec les habitants du quartier." for number in range(90)
]
PLANET = Form(title="{source} : {title}", layout=lines("{excerpt:20000}"))
DIGEST = Form(title="{title}", layout=lines("{lead:200} ({credit})"))
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@dataclass
class Gazette(Agency):
    """An agency whose articles are long."""

    def item(self, number: int, title: str) -> str:
        text = "".join(f"&lt;p&gt;{sentence}&lt;/p&gt;" for sentence in SENTENCES)
        short = super().item(number, title)
        return f"{short.partition('<description>')[0]}<description>{text}</description></item>"


def wishes() -> Desk:
    feeds = [
        OutgoingFeed(id, id, f"https://{id}.example/", ("cget",), form=form)
        for id, form in (("planet", PLANET), ("digest", DIGEST), ("blog", Form()))
    ]
    return replace(desk(), feeds=tuple(feeds))


def contents(world: World, feed: str) -> list[str]:
    document = etree.parse(world.feeds / feed / "atom.xml")
    return [content.text or "" for content in document.iterfind("a:entry/a:content", ATOM)]


def test_a_home_keeps_as_much_as_its_longest_feed_prints() -> None:
    assert wishes().home("cget").lengths == Lengths(400, 20_000)
    assert wishes().home("nobody-s").lengths == Lengths()


def test_each_feed_prints_its_own_form_of_one_entry(world: World) -> None:
    world = replace(world, desk=wishes(), agency=Gazette(["Un long bilan"]))
    world.poll()
    world.publish()

    (planet,), (digest,), (blog,) = (contents(world, feed) for feed in ("planet", "digest", "blog"))

    assert to_text(planet).split() == " ".join(SENTENCES).split()
    assert to_text(digest).replace("\u00a0", " ") == f"{SENTENCES[0]} (Source : CGET)"
    assert 2_000 < graphemes(to_text(blog)) < 3_300
