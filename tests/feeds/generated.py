"""Two hundred blogs, no two alike: languages, missing parts, odd signs, long texts, many categories, several credits."""

from dataclasses import replace
from datetime import timedelta
from functools import cache
from random import Random
from typing import TypeVar

from relay.core.document import Picture
from relay.core.feed import Imprint, OutgoingFeed, Part
from relay.core.form import Form, line, lines
from relay.core.markup.html import sanitise
from relay.core.post import Credit, Post, Related
from relay.core.source import Origin
from relay.publish import archive, atom, jsonfeed, rss
from relay.publish.format import Edition, Format
from tests.feeds.editions import DIRECTORY, FIRST_MOMENT, LINK, blog, post

SEEDS = range(200)
FORMATS: dict[str, Format] = {"atom": atom, "rss": rss, "json": jsonfeed, "html": archive}

T = TypeVar("T")

LANGUAGES = ("fr", "fr-CA", "en", "de", "pt-BR", "ar", "ja", "sv", "oc")
SCRAPS = (
    "Rénovation urbaine", "480 communes ouvrent leurs places", "« On ouvre un lieu »", "Ville & quartiers", "l’été 2026",
    "5 < 6 > 4", "&amp; &lt;b&gt; &eacute;", "]]>", "a --> b", "\"double\" et 'simple'", "الإسكان في المدن", "都市再生",
    "🏘️ 👩‍👩‍👧 emoji", "e\u0301te\u0301", "un\u00a0espace\u202ffine", "ligne\u2028para\u2029graphe", "a\u200bb\u00adc",
    "tab\tulation\net ligne", "\x0bcontrôle\x92", "perdu\ufffd", "𝕍ille", "x" * 120, "#hashtag @quelquun",
    "{title}", "100 %", "C:\\dossier\\fichier", "Straße nach Łódź", "a/b?c=d&e=f",
)  # fmt: skip
"""What sources write. What looks like a tag or a comment is not among it: relay's reader takes it for HTML everywhere."""
BODIES = (
    "<p>{}</p>",
    "<h2>{}</h2><p>Un <em>mot</em> et <a href='https://exemple.fr/a?b=1&amp;c=2'>un lien</a>.</p>",
    "<ul><li>{}</li><li>deux</li></ul>",
    "<blockquote><p>{}</p></blockquote>",
    "<table><tr><th>{}</th><td>1</td></tr></table>",
    "<p><img src='https://exemple.fr/i.png'> {}</p>",
    "<pre><code>if a &lt; b:\n    pass</code></pre><p>{}</p>",
)
FORMS = (
    Form(),
    Form(title="{title}", layout=lines("{lead:300}\n{more}")),
    Form(
        title="{source} : {title}",
        layout=lines("{author} · {date}\n{picture}\n{excerpt:50000}\n{credit}"),
        headline="source",
    ),
    Form(title="{title} {hashtags}", layout=lines("{categories}\n{credit}\n{excerpt}\n{related}"), more=line("Suite")),
)


@cache
def edition(seed: int) -> Edition:
    """The blog of this number; the same whenever it is asked for."""
    dice = Random(seed)  # noqa: S311  (no secret depends on it)
    posts = tuple(_post(dice, number) for number in reversed(range(dice.choice((0, 1, 2, 3, 5, 8)))))
    feed = _feed(dice)
    return replace(
        blog(post(0)),
        feed=feed,
        id=f"tag:blog.exemple.fr,2026-10-01:{feed.id}",
        updated=max((one.updated for one in posts), default=FIRST_MOMENT),
        posts=posts,
        origins={"anct": _origin(dice)},
        directory=DIRECTORY,
        thumbnails={one.picture.url: Picture(f"{LINK}p.jpg", width=3, height=2) for one in posts if one.picture},
    )


@cache
def rendered(seed: int, name: str) -> bytes:
    """Its main document in one format."""
    return FORMATS[name].render(edition(seed))[-1].body


def said(dice: Random, most: int = 3) -> str:
    """Some words, or none."""
    return " ".join(dice.choices(SCRAPS, k=dice.randint(0, most)))


def _feed(dice: Random) -> OutgoingFeed:
    made = OutgoingFeed(
        id="blog",
        title=said(dice) or "Le blog",
        link=LINK,
        sources=("anct", "anru"),
        formats=("atom", "rss", "json", "html"),
        language=dice.choice(LANGUAGES),
        form=dice.choice(FORMS),
        hubs=_some(dice, "https://relay.exemple.fr/hub", "https://hub.exemple/?a=1&b=2"),
        imprint=_imprint(dice),
    )
    if dice.random() > 0.2:
        return made
    return replace(made, id="blog/category/ville", link=f"{LINK}category/ville/", part=Part("category", "ville"))


def _imprint(dice: Random) -> Imprint:
    return Imprint(
        author=_maybe(dice, said(dice) or "La rédaction"),
        rights=_maybe(dice, said(dice) or "Tous droits réservés"),
        license=_maybe(dice, dice.choice(("https://creativecommons.org/licenses/by/4.0/", "https://exemple.fr/é"))),
        icon=_maybe(dice, "https://blog.exemple.fr/icon.png"),
        logo=_maybe(dice, "https://blog.exemple.fr/logo.png"),
        fediverse=_maybe(dice, "@blog@mastodon.exemple"),
        scheme=_maybe(dice, f"{LINK}category/"),
    )


def _origin(dice: Random) -> Origin:
    return Origin(
        id=dice.choice(("tag:anct.exemple.fr,2020:actualites", "https://anct.exemple.fr/rss.xml", "")),
        title=said(dice),
        feed_url="https://anct.exemple.fr/rss.xml",
        site_url=_maybe(dice, "https://anct.exemple.fr/"),
        updated=FIRST_MOMENT - timedelta(hours=dice.randint(0, 90)),
        rights=_maybe(dice, said(dice)),
        authors=_some(dice, "ANCT", "Ana & Luis"),
        categories=_some(dice, "Ville", said(dice)),
        icon=_maybe(dice, dice.choice(("https://anct.exemple.fr/favicon.ico", "/icône.png"))),
        language=_maybe(dice, dice.choice(LANGUAGES)),
    )


def _post(dice: Random, number: int) -> Post:
    moment = FIRST_MOMENT + timedelta(hours=number)
    page = f"https://anct.exemple.fr/{number}?a=1&b=é"
    long = dice.random() < 0.1
    return post(
        0,
        id=f"tag:blog.exemple.fr,2026-10-01:anct/{number}",
        slug=f"billet-{number}",
        url=f"{LINK}billet-{number}.html",
        source_id=dice.choice(("anct", "anru")),
        headline=said(dice) or f"Titre {number}",
        hashtags=_some(dice, "Ville", "PolitiqueDeLaVille", "الإسكان"),
        handles=_some(dice, "anct", "anru", "inconnu"),
        credit_url=dice.choice((page, "")),
        lead=said(dice, 80 if long else 5),
        picture=_maybe(dice, _picture(dice, number)),
        body_html=sanitise(_body(dice, 400 if long else 4), "https://anct.exemple.fr/"),
        more_url=dice.choice((page, "")),
        related=tuple(Related(said(dice), f"{LINK}{n}.html") for n in range(dice.randint(0, 3))),
        language=dice.choice(LANGUAGES),
        categories=tuple(dict.fromkeys(said(dice, 1) for _ in range(dice.choice((0, 1, 3, 60))))),
        author=_maybe(dice, said(dice) or "Ana Lopez"),
        published=moment,
        updated=moment + timedelta(days=dice.choice((0, 0, 3))),
        also=tuple(Credit(f"Org {n}", f"https://org{n}.exemple.fr/{number}") for n in range(dice.choice((0, 0, 1, 3)))),
    )


def _body(dice: Random, most: int) -> str:
    """Blocks as sources write them: text in them is escaped."""
    blocks = dice.choices(BODIES, k=dice.randint(0, most))
    return "".join(block.format(said(dice).replace("&", "&amp;").replace("<", "&lt;")) for block in blocks)


def _picture(dice: Random, number: int) -> Picture:
    """With all that is known of it, with its address only, or the picture that stands in for a missing one."""
    whole = Picture(f"{LINK}pictures/{number}.jpg", said(dice), "image/jpeg", 48_213, 1200, 630, said(dice, 1))
    return dice.choice((whole, Picture("https://anct.exemple.fr/é.png"), replace(whole, alt="", credit="")))


def _some(dice: Random, *values: T) -> tuple[T, ...]:
    return tuple(value for value in values if dice.random() < 0.5)


def _maybe(dice: Random, value: T) -> T | None:
    return value if dice.random() < 0.5 else None
