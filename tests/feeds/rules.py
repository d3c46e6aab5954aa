"""The findings of the W3C feed validator that a blog such as ours could earn, under the validator's own names."""

from lxml import etree

from tests.feeds.atom_rules import ATOM_RULES
from tests.feeds.rss_rules import RSS_RULES
from tests.feeds.shared_rules import ATOM, SHARED_RULES, self_links


def findings(document: bytes, location: str | None = None) -> list[str]:
    """The names of all rules that an Atom or RSS document breaks; ``location`` is where it was asked for."""
    tree = etree.fromstring(document)
    own = ATOM_RULES if tree.tag == f"{ATOM}feed" else RSS_RULES
    found = [name for name, broken in (own | SHARED_RULES).items() if broken(tree)]
    return [*found, *(["SelfDoesntMatchLocation"] if location not in {None, *self_links(tree)} else [])]
