"""The shipped examples at work: the five posts of ``editions`` as each of the blogs prints them.

``python -m tests.feeds.examples`` writes the golden texts anew: look at every line that changes.
"""

from pathlib import Path

from lxml import etree, html

from relay.config.load import load
from relay.config.messages import report
from relay.core.document import Picture
from relay.core.feed import OutgoingFeed
from relay.core.post import Credit, Post
from relay.publish import archive, atom
from relay.publish.format import Edition
from relay.wiring import network_keys
from tests.feeds.editions import DIRECTORY, FIRST_MOMENT, ORIGINS, post
from tests.feeds.shared_rules import ATOM

EXAMPLES = Path(__file__).parents[2] / "config" / "examples"
GOLDEN = Path(__file__).parent / "golden"
NAMES = ("linkblog", "digest", "planet")

_LEAD = (
    "La liste des communes retenues paraît ce matin, région par région. Chacune a le nom d’un chef de projet, et un "
    "calendrier. Les premières visites commencent en janvier, par les bourgs qui n’ont plus de boulangerie. Les "
    "autres suivront à l’été."
)


def posts() -> tuple[Post, ...]:
    """Newest first: one that two bring, one without picture, one with a long lead, one with an author."""
    photograph = Picture("https://anct.exemple.fr/images/1.jpg", "Un quai", "image/jpeg", 48_213, credit="© Ana Lopez")
    return (
        post(4, also=(Credit("ANRU", "https://anru.exemple.fr/forum"),)),
        post(3, lead=_LEAD, picture=None),
        post(2, author="Ana Lopez", categories=()),
        post(1, author="Ana Lopez", picture=photograph),
        post(0, hashtags=("Quartiers",), related=()),
    )


def feed_of(name: str) -> OutgoingFeed:
    """The feed of an example; a message about it is a bug."""
    loaded = load(EXAMPLES / f"{name}.toml", {}, network_keys())
    assert loaded.configuration, report(loaded)
    return loaded.configuration.feeds[0]


def page(name: str) -> str:
    """What stands between the head and the foot of the example's archive."""
    index = html.document_fromstring(archive.render(_edition(name))[-1].body.decode())
    return f"{html.tostring(index.find('.//main'), encoding='unicode').strip()}\n"


def entries(name: str) -> str:
    """The entries of the example's Atom feed, their HTML as readers get it."""
    document = etree.fromstring(atom.render(_edition(name))[0].body)
    return "\n".join(_entry(entry) for entry in document.iter(f"{ATOM}entry"))


def _entry(entry: etree._Element) -> str:
    links = (f"{link.get('rel')}: {link.get('href')}" for link in entry.findall(f"{ATOM}link"))
    said = (entry.findtext(f"{ATOM}title") or "", *links, "", entry.findtext(f"{ATOM}content") or "")
    return "\n".join(said) + "\n"


def _edition(name: str) -> Edition:
    return Edition(feed_of(name), f"tag:{name}.exemple.fr,2026:blog", FIRST_MOMENT, posts(), ORIGINS, DIRECTORY)


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for one in NAMES:
        (GOLDEN / f"{one}.html").write_text(page(one), encoding="utf-8")
        (GOLDEN / f"{one}.atom.txt").write_text(entries(one), encoding="utf-8")
