"""A page read as a feed by selectors."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.document import ParsedFeed, Picture
from relay.core.source import Selectors
from relay.intake.finding.scrape import scrape
from tests.edges.pages import NEWS

URL = "https://www.exemple.fr/actualites/"


def read(html: str, **selectors: str) -> ParsedFeed:
    return scrape(html.encode(), URL, "text/html; charset=utf-8", Selectors(**{"entry": "article", **selectors}))


def test_an_entry_has_title_address_date_summary_and_picture() -> None:
    document = read(NEWS)
    first = document.entries[0]

    assert (document.format, document.title, document.url, document.language) == ("html", "Actualités", URL, "fr")
    assert (first.id, first.url, first.title) == ("https://www.exemple.fr/1",) * 2 + ("Un premier bilan des quartiers",)
    assert first.summary == "Un an après, le programme dresse son bilan."
    assert first.published == datetime(2026, 3, 12, tzinfo=UTC)
    assert first.picture == Picture("https://www.exemple.fr/i/1.jpg", "Une place")
    assert document.entries[1].url == "https://www.exemple.fr/actualites/2?x=1&y=2"
    assert len(document.entries) == 3


def test_every_part_is_where_its_selector_says() -> None:
    html = """<div class=e><h2>Rubrique</h2><p class=t>Le titre</p><a href=/a>x</a><a class=l href=/b>y</a>
    <time datetime=2026-01-01></time><b class=d>02/01/2026</b><p class=s>Le chapô</p><img src=a.png><img class=i src=b.png></div>"""
    entry = read(html, entry=".e", title=".t", link=".l", date=".d", summary=".s", image=".i").entries[0]

    assert (entry.title, entry.url, entry.summary) == ("Le titre", "https://www.exemple.fr/b", "Le chapô")
    assert (entry.published, entry.picture) == (
        datetime(2026, 1, 2, tzinfo=UTC),
        Picture("https://www.exemple.fr/actualites/b.png"),
    )


def test_an_entry_may_be_a_link_and_is_then_called_by_its_words() -> None:
    document = read(
        '<ul><li><a class="n" href="/1">Une nouvelle</a><li><a class="n" href="/2">Une autre</a></ul>', entry="a.n"
    )
    assert [(entry.title, entry.url) for entry in document.entries] == [
        ("Une nouvelle", "https://www.exemple.fr/1"),
        ("Une autre", "https://www.exemple.fr/2"),
    ]


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ('<time datetime="2026-03-12T10:00:00+01:00">hier</time>', 12),
        ('<time datetime="">12 mars 2026</time>', 12),
        ('<span class="date">Publié le 12 mars 2026</span>', 12),
        ('<meta class="date" content="2026-03-12">', 12),
        ('<span class="date">à venir</span><time>12/03/2026</time>', 12),
        ('<span class="date">bientôt</span>', None),
        ("", None),
    ],
)
def test_a_date_is_read_from_attribute_or_words(date: str, day: int | None) -> None:
    published = read(f'<article><a href="/1">Une nouvelle</a>{date}</article>').entries[0].published
    assert (published.day if published else None) == day


def test_words_keep_their_letters_together_and_their_blocks_apart() -> None:
    html = "<article><h2><a href=/1><b>É</b>galité<br>des <i>ter</i>ritoires<script>x()</script></a></h2></article>"
    assert read(html).entries[0].title == "Égalité des territoires"


def test_addresses_follow_the_base_of_the_page() -> None:
    html = '<base href="https://autre.fr/x/"><article><a href="1">Une nouvelle</a></article>'
    assert read(html).entries[0].url == "https://autre.fr/x/1"


def test_an_address_that_is_linked_twice_is_one_entry() -> None:
    assert len(read('<article><a href="/1">Un</a></article>' * 2).entries) == 1


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("", "This page is empty."),
        ("<p>Rien</p>", "Nothing on this page is “article” (select.entry): it may have been rebuilt."),
        ("<article>Un texte</article>", "Nothing that is “article” (select.entry) has a title and a link."),
        ('<article><a href="javascript:x">Un</a></article>', "Nothing that is “article” (select.entry) has a title and a link."),
    ],
)  # fmt: skip
def test_a_page_without_entries_is_an_error_and_not_an_empty_feed(html: str, said: str) -> None:
    assert read(html) == ParsedFeed(error=said)


def test_a_page_in_an_old_encoding_is_read_as_it_says() -> None:
    html = '<meta charset="iso-8859-1"><article><a href="/1">Égalité</a></article>'
    document = scrape(html.encode("latin-1"), URL, "text/html", Selectors("article"))
    assert document.entries[0].title == "Égalité"


def test_a_page_has_an_end() -> None:
    html = "".join(f'<article><a href="/{number}">Une nouvelle</a></article>' for number in range(5000))
    assert len(read(html).entries) == 200


def test_a_list_that_is_called_as_its_entries_are_does_not_hide_them() -> None:
    entries = "".join(f'<div class=nouvelle><a href="/{number}">Une nouvelle</a></div>' for number in range(3))
    assert len(read(f"<div class=nouvelle>{entries}</div>", entry=".nouvelle").entries) == 3


def test_entries_within_entries_have_an_end() -> None:
    html = "".join(f'<article><a href="/{number}">Une nouvelle</a>' for number in range(50))
    assert [entry.url for entry in read(html).entries] == [f"https://www.exemple.fr/{number}" for number in range(4)]


@pytest.mark.parametrize(("empty", "title"), [(19, "Un titre"), (20, "Un lien")])
def test_only_the_first_of_many_candidates_are_looked_at(empty: int, title: str) -> None:
    html = f"<article>{'<h2></h2>' * empty}<h2>Un titre</h2><a href=/1>Un lien</a></article>"
    assert read(html).entries[0].title == title


def test_a_page_of_more_elements_than_a_selector_should_go_through_is_refused() -> None:
    html = "<article><a href=/1>Un lien</a></article>" + "<p></p>" * 50_000
    assert read(html, entry="p ~ p").error == "This page has too many elements to be read as a feed."


@given(st.text(max_size=300), st.sampled_from(["article", "div > *", "*", ":not(p)"]))
def test_no_page_is_too_strange(html: str, entry: str) -> None:
    document = scrape(html.encode(errors="replace"), URL, None, Selectors(entry))
    assert bool(document.error) != bool(document.entries)
