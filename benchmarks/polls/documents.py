"""What the sources of the farm serve: RSS as WordPress writes it, and Atom; each source has its own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from random import Random

from benchmarks.polls.prose import SUBJECTS, headline, paragraph, sentence

SHOWN = 30
"""Entries in a document."""
PERIOD = timedelta(days=1)
"""Between two entries of a source."""
LEAST, MOST = 700, 5300
"""Bytes of HTML after which one ends with its paragraph: 1 to 8 KB, and about 125 KB in a document of thirty."""

_RSS = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" \
xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel>
<title>Agence {n}</title>
<atom:link href="{url}" rel="self" type="application/rss+xml"/>
<link>https://agence{n}.example/</link>
<description>Les actualités de l’agence {n}</description>
<lastBuildDate>{date}</lastBuildDate>
<language>fr-FR</language>
<sy:updatePeriod>hourly</sy:updatePeriod>
<sy:updateFrequency>1</sy:updateFrequency>
{items}
</channel>
</rss>
"""
_ITEM = """\
<item>
<title>{title}</title>
<link>{link}</link>
<dc:creator><![CDATA[Rédaction {n}]]></dc:creator>
<pubDate>{date}</pubDate>
{categories}
<guid isPermaLink="false">https://agence{n}.example/?p={number}</guid>
<description><![CDATA[<p>{lead}</p>]]></description>
<content:encoded><![CDATA[{html}]]></content:encoded>
</item>"""
_ATOM = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">
<title>Agence {n}</title>
<id>tag:agence{n}.example,2020:actualites</id>
<link rel="self" href="{url}"/>
<link href="https://agence{n}.example/"/>
<updated>{date}</updated>
<author><name>Agence {n}</name></author>
{items}
</feed>
"""
_ENTRY = """\
<entry>
<title>{title}</title>
<id>tag:agence{n}.example,2020:{number}</id>
<link href="{link}"/>
<published>{date}</published>
<updated>{date}</updated>
{categories}
<summary>{lead}</summary>
<content type="html">{html}</content>
</entry>"""


@dataclass(frozen=True, slots=True)
class Place:
    """Source number ``n`` of the farm; every other one is Atom."""

    n: int
    url: str

    @property
    def is_atom(self) -> bool:
        """Else it is RSS."""
        return self.n % 2 == 1


def document(place: Place, newest: int, began: datetime, shown: int = SHOWN) -> bytes:
    """The one whose newest entry has this number: entry 0 is an hour older than ``began``."""
    numbers = range(newest, newest - shown, -1)
    items = "\n".join(_entry(place, number, began) for number in numbers)
    form = _ATOM if place.is_atom else _RSS
    date = _date(place, began + _age(newest))
    return form.format(n=place.n, url=place.url, date=date, items=items).encode()


def _entry(place: Place, number: int, began: datetime) -> str:
    dice = Random(f"{place.n} {number}")  # noqa: S311  # the same words each time
    title, lead, html = headline(dice), sentence(dice), body(dice, place.n)
    form = _ENTRY if place.is_atom else _ITEM
    return form.format(
        n=place.n,
        number=number,
        title=escape(title),
        link=f"https://agence{place.n}.example/actualites/{number}/",
        date=_date(place, began + _age(number)),
        categories="\n".join(_categories(place, dice.sample(SUBJECTS, 3))),
        lead=lead,
        html=escape(html) if place.is_atom else html,
    )


def body(dice: Random, n: int) -> str:
    """HTML of an entry, with links, lists, quotations, and in every other a picture."""
    wanted, parts, size = dice.randrange(LEAST, MOST), [], 0
    if dice.random() < 0.5:
        parts.append(_picture(dice, n))
    while size < wanted:
        parts.append(_block(dice, n))
        size += len(parts[-1].encode())
    return "\n".join(parts)


def _block(dice: Random, n: int) -> str:
    chance = dice.random()
    if chance < 0.1:
        return f"<h2>{sentence(dice)}</h2>"
    if chance < 0.2:
        return "<ul>" + "".join(f"<li>{sentence(dice)}</li>" for _ in range(3)) + "</ul>"
    if chance < 0.3:
        return f"<blockquote><p>{paragraph(dice)}</p></blockquote>"
    link = f'<a href="https://agence{n}.example/dossiers/{dice.randrange(999)}/" target="_blank">{sentence(dice)}</a>'
    return f'<p class="wp-block-paragraph">{paragraph(dice)} <strong>{sentence(dice)}</strong> {link}</p>'


def _picture(dice: Random, n: int) -> str:
    address = f"https://agence{n}.example/images/{dice.randrange(9999)}.jpg"
    return f'<figure><img src="{address}" alt="{dice.choice(SUBJECTS)}" width="1024" height="683"/></figure>'


def _categories(place: Place, subjects: Sequence[str]) -> list[str]:
    if place.is_atom:
        return [f'<category term="{subject}"/>' for subject in subjects]
    return [f"<category><![CDATA[{subject}]]></category>" for subject in subjects]


def _age(number: int) -> timedelta:
    return number * PERIOD - timedelta(hours=1)


def _date(place: Place, moment: datetime) -> str:
    return moment.isoformat() if place.is_atom else format_datetime(moment)
