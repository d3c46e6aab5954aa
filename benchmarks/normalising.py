"""What it costs to make posts of entries, beside what it costs nh3 to clean the same HTML (goal P11: ≤ 5 times).

    python -m benchmarks.normalising [ENTRIES]

Both sides in turn, CPU seconds; then the stages of one entry, and 10,000 entries in one go. With the corpora beside the
project the HTML is that of real feeds, else it is made up. A post is an excerpt, typeset, with the hashtags of five
phrases and the bodies of the shipped directory that it names. Related posts are looked for among none in the ratio, and
among 200 apart.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import nh3

from relay.config.shipped import shipped
from relay.core.account import Limits
from relay.core.compose import compose
from relay.core.directory.handles import Directory, bodies_of
from relay.core.document import ParsedEntry
from relay.core.excerpt.article import article
from relay.core.excerpt.excerpt import Lengths, excerpt
from relay.core.excerpt.setting import as_set
from relay.core.markup.blocks import blocks
from relay.core.markup.html import Block, sanitise
from relay.core.normalise import Home, normalise
from relay.core.post import Post
from relay.core.source import Source
from relay.core.subject.hashtags import Tagging, said
from relay.core.subject.related import related
from relay.intake.parse import parse

ROUNDS = 5
GOAL = 5.0
MANY = 10_000
RECENT = 200
CORPORA = Path(__file__).resolve().parents[1].parent / "shared" / "corpora"
NOW = datetime(2026, 10, 1, tzinfo=UTC)
PARAGRAPH = (
    "<p>Le programme « Action Cœur de Ville » concerne <b>222 villes</b> : l'État y consacre 5 milliards d'euros, dont "
    '12 % au logement. <a href="https://exemple.fr/carte">Voir la carte</a> des territoires au 1er janvier.</p>'
    "<ul><li>un centre de formation ;</li><li>une maison de services au public.</li></ul>"
)
SOURCE = Source(id="exemple", url="https://exemple.fr/flux", attribution="Source : Exemple")
PHRASES = (
    "logement",
    "rénovation urbaine",
    "égalité des territoires",
    "quartiers prioritaires",
    "politique de la ville",
)
HOME = Home("blog.exemple.fr", None, tagging=Tagging(tuple((phrase, ("Ville",)) for phrase in PHRASES)))
LENGTHS = Lengths()
TEMPLATE = "{title}\n\n{lead}\n\n{link} {hashtags} {mentions}"
LIMITS = Limits((("graphemes", 300), ("bytes", 3000)))
DIRECTORY = Directory(shipped("fr", ("bluesky", "linkedin", "mastodon", "x")))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    found = real() or made_up()
    entries = list(islice(cycle(found), count))
    size = sum(len(entry.content_html or "") for entry in entries)
    print(f"{count:,} entries ({len(found)} different), {size / count / 1024:.1f} KiB of HTML each")
    compare(entries)
    stages(entries)
    many = list(islice(cycle(found), MANY))
    print(f"{MANY:,} entries: {MANY / seconds(post_of, many):,.0f} a second")


def compare(entries: list[ParsedEntry]) -> None:
    """The ratio, from rounds in which both sides take their turn."""
    clean = nh3.Cleaner().clean
    floor, own = [], []
    for _ in range(ROUNDS):
        floor.append(seconds(clean, [entry.content_html or "" for entry in entries]))
        own.append(seconds(post_of, entries))
    ratios = sorted(mine / least for mine, least in zip(own, floor, strict=True))
    print(f"nh3 cleans       {1e3 * median(floor) / len(entries):.3f} ms an entry")
    print(f"relay normalises {1e3 * median(own) / len(entries):.3f} ms an entry")
    print(f"ratio {median(ratios):.1f} ({ratios[0]:.1f} to {ratios[-1]:.1f} in {ROUNDS} rounds; goal {GOAL:.0f})")


def stages(entries: list[ParsedEntry]) -> None:
    """What each part of it costs; and beside it what is paid before, or only where there are earlier posts."""
    posts = [post_of(entry) for entry in entries]
    told = [article(entry) for entry in entries]
    html = [entry.article_html or entry.content_html or "" for entry in entries]
    typography = typical(set_by_rules, told)
    to_article, to_excerpt = typical(article, entries), typical(excerpt_of, entries)
    show("blocks", typical(blocks, html), entries)
    show("article, blocks among it", to_article, entries)
    show("typography", typography, entries)
    show("lead and body", to_excerpt - to_article - typography, entries)
    show("hashtags", typical(lambda post: said(post, HOME.tagging), posts), entries)
    show("handles", typical(lambda post: bodies_of(post, DIRECTORY), posts), entries)
    show("(before: sanitising)", typical(lambda source: sanitise(source, "https://exemple.fr/"), html), entries)
    show("(after: a draft)", typical(draft_of, posts), entries)
    recent = [replace(post, id=f"{post.id}{place}") for place, post in enumerate(posts[:RECENT])]
    near = typical(lambda post: related(post, recent, HOME.related), posts)
    show(f"(related among {len(recent)})", near, entries)


def show(name: str, spent: float, entries: list[ParsedEntry]) -> None:
    print(f"  {name:26} {1e3 * spent / len(entries):.3f} ms an entry")


def seconds(step: Callable[[Any], object], things: Iterable[Any]) -> float:
    """CPU seconds, user and system, of one step for all of them."""
    start = process_time()
    for thing in things:
        step(thing)
    return process_time() - start


def typical(step: Callable[[Any], object], things: Sequence[Any]) -> float:
    return median(seconds(step, things) for _ in range(ROUNDS))


def post_of(entry: ParsedEntry) -> Post:
    post = normalise(entry, SOURCE, HOME, "un-nom", (), NOW)
    bodies_of(post, DIRECTORY)
    return post


def draft_of(post: Post) -> object:
    return compose(post, "Exemple", TEMPLATE, LIMITS, "bluesky", DIRECTORY)


def excerpt_of(entry: ParsedEntry) -> object:
    return excerpt(entry, "fr", LENGTHS)


def set_by_rules(told: list[Block]) -> object:
    return as_set(told, "fr", LENGTHS.enough, LENGTHS.looked_at)


def real() -> list[ParsedEntry]:
    """Entries of French feeds with 1 to 8 KiB of HTML, in the order of their files."""
    files = sorted(CORPORA.glob("french/*/*.xml")) + sorted(CORPORA.glob("french-press/presse/*.xml"))
    feeds = (parse(file.read_bytes(), "https://exemple.fr/", None) for file in files)
    entries = [replace(entry, language="fr") for feed in feeds for entry in feed.entries]
    return [entry for entry in entries if 1_024 <= len(entry.content_html or "") <= 8_192]


def made_up() -> list[ParsedEntry]:
    html = [sanitise(PARAGRAPH * number, "https://exemple.fr/") for number in range(3, 20)]
    return [
        ParsedEntry(None, f"https://exemple.fr/{len(one)}", "Un titre", content_html=one, language="fr") for one in html
    ]


if __name__ == "__main__":
    main()
