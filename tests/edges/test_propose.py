"""Selectors proposed for a page: what they find is looked at, not how they are written, but where that is the point."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.source import Selectors
from relay.intake.finding.propose import propose
from tests.edges.pages import NEWS

URL = "https://www.exemple.fr/actualites/"


def test_the_list_of_news_comes_first_with_all_its_parts() -> None:
    best = propose(NEWS.encode(), URL)[0]

    assert best.selectors == Selectors("article", "h3", "h3 a[href]", "[class*=date]", ".card__chapo", "img")
    assert [entry.title for entry in best.document.entries] == [
        "Un premier bilan des quartiers",
        "Trente projets sont retenus",
        "La rentrée des conseils citoyens",
    ]
    assert all(entry.published and entry.summary for entry in best.document.entries)


def test_the_menu_is_not_proposed() -> None:
    titles = {entry.title for found in propose(NEWS.encode(), URL) for entry in found.document.entries}
    assert "L'agence et ses missions" not in titles


def test_the_same_page_gets_the_same_proposals() -> None:
    assert propose(NEWS.encode(), URL) == propose(NEWS.encode(), URL)


@pytest.mark.parametrize(
    "item",
    [
        '<li><a href="/{n}">Une nouvelle du jour numéro {n}</a></li>',
        '<li class="actu"><a href="/{n}">Une nouvelle du jour numéro {n}</a></li>',
        '<li><a href="/{n}">Une nouvelle du jour numéro {n}</a> <span>0{n}/03/2026</span></li>',
        '<div class="col"><div class="views-row"><h2>Une nouvelle du jour numéro {n}</h2><a href="/{n}">Lire la suite</a></div></div>',
        '<a class="tile" href="/{n}"><h3>Une nouvelle du jour numéro {n}</h3><p>Son chapô</p></a>',
        '<tr class="row"><td>0{n}/03/2026</td><td><a href="/{n}">Une nouvelle du jour numéro {n}</a></td></tr>',
        '<article id="post-{n}" class="post-{n}00{n} hentry"><h2><a href="/{n}">Une nouvelle du jour numéro {n}</a></h2></article>',
    ],
)  # fmt: skip
def test_lists_of_many_makes_are_found_whole(item: str) -> None:
    tag = "table" if item.startswith("<tr") else "ul" if item.startswith("<li") else "div"
    items = "".join(item.format(n=number) for number in range(1, 7))
    html = f"<html><body><main><{tag}{' class=liste' if 'class' in item else ''}>{items}</{tag}><p>Un <a href='/x'>autre lien de la page</a></p></main></body></html>"
    best = propose(html.encode(), URL)[0]

    assert [entry.url for entry in best.document.entries] == [
        f"https://www.exemple.fr/{number}" for number in range(1, 7)
    ]
    assert best.document.entries[0].title == "Une nouvelle du jour numéro 1"


def test_a_date_that_only_its_words_tell_is_found() -> None:
    item = '<li class="n"><span class="quand">0{n} mars 2026</span><a href="/{n}">Une nouvelle du jour, la {n}</a></li>'
    html = "".join(item.format(n=number) for number in range(1, 5))
    best = propose(f"<ul>{html}</ul>".encode(), URL)[0]

    assert best.selectors.date == "span.quand"
    assert [entry.published.day for entry in best.document.entries if entry.published] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<main><ul><li>Un texte</li><li>Un autre</li><li>Un dernier</li></ul></main>",
        "<p>Un texte sans liste, avec <a href='/1'>un seul lien vers ailleurs</a>.</p>",
        "<ul>" + "<li class='x'><a href='/meme'>Toujours le même lien ici</a></li>" * 5 + "</ul>",
        "<ul>" + "".join(f"<li class='x'><a href='/{n}'>{n}</a></li>" for n in range(9)) + "</ul>",
    ],
)
def test_where_nothing_looks_like_a_list_nothing_is_proposed(html: str) -> None:
    assert propose(html.encode(), URL) == ()


def test_a_very_large_page_takes_seconds_at_most() -> None:
    item = '<div class="{c}"><p class="{c}"><span><a href="/{n}">Une nouvelle numéro {n}</a></span> du 12/03/2026</p></div>'
    names = " ".join(f"un-{letter} {letter}" for letter in "abcdefghijkl")
    html = "".join(item.format(n=number, c=names) for number in range(190)) + "<div><b>x</b></div>" * 10_000
    began = time.process_time()
    propose(html.encode(), URL)
    assert time.process_time() - began < 20


@given(st.text(max_size=300))
def test_no_page_is_too_strange(html: str) -> None:
    assert isinstance(propose(html.encode(errors="replace"), URL), tuple)
