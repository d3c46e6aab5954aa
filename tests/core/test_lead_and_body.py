"""What of an entry becomes the lead and the body of its post, and what is dropped."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.excerpt.excerpt import Excerpt, Lengths, shortened
from relay.core.language.text import graphemes
from relay.core.markup.blocks import blocks
from relay.core.normalise import Home, normalise
from relay.core.post import Post
from tests.core.things import ENTRY, NOW, SOURCE

HOME = Home("blog.exemple.fr", "https://blog.exemple.fr/")


def posted(**changes: object) -> Post:
    return normalise(replace(ENTRY, **changes), SOURCE, HOME, "bilan", (), NOW)  # type: ignore[arg-type]  # by name


def lead_and_body(content: str, summary: str | None = None, title: str = "Titre") -> tuple[str, str]:
    post = posted(content_html=content, summary=summary, title=title)
    return post.lead, post.body_html


@pytest.mark.parametrize(
    ("content", "summary", "expected"),
    [
        ("<p>Un.</p><p>Deux.</p>", None, ("Un.", "<p>Deux.</p>")),
        ("<p>Un.</p><p>Deux.</p>", "Un.", ("Un.", "<p>Deux.</p>")),
        ("<p>Un long début.</p><p>Deux.</p>", "Un long…", ("Un long début.", "<p>Deux.</p>")),
        ("<p>Un long début.</p><p>Deux.</p>", "Un long [...]", ("Un long début.", "<p>Deux.</p>")),
        ("<p>Un.</p><p>Deux.</p>", "Un. Deux.", ("Un.", "<p>Deux.</p>")),
        ("<p>Un.</p><p>Deux.</p>", "Autre.", ("Autre.", "<p>Un.</p>\n<p>Deux.</p>")),
        ("<h2>Contexte</h2><p>Un.</p><p>Deux.</p>", None, ("Un.", "<h2>Contexte</h2>\n<p>Deux.</p>")),
        ("<h1>Titre</h1><p>Un.</p><p>Deux.</p>", None, ("Un.", "<p>Deux.</p>")),
        ("<ul><li>Un</li></ul><p>Deux.</p>", None, ("", "<ul><li>Un</li></ul>\n<p>Deux.</p>")),
        ("", "Un <b>résumé</b> &amp; rien.", ("Un résumé & rien.", "")),
        ("<p>Un<br>deux</p>", None, ("Un deux", "")),
        ("<p>Un.</p>", "Lire la suite", ("Un.", "")),
    ],
)
def test_the_lead_is_the_summary_or_the_first_paragraph_and_stands_once(
    content: str, summary: str | None, expected: tuple[str, str]
) -> None:
    assert lead_and_body(content, summary) == expected


def test_a_long_first_paragraph_goes_on_below_the_lead() -> None:
    sentence = "Le programme change la ville. "
    lead, body = lead_and_body(f"<p>{sentence * 20}</p><p>Fin &amp; suite.</p>")
    assert lead == (sentence * 13).strip()
    assert body == f"<p>{(sentence * 7).strip()}</p>\n<p>Fin &amp; suite.</p>"


def test_a_long_first_sentence_stays_whole() -> None:
    assert lead_and_body(f"<p>{'mot ' * 120}&amp; fin.</p>") == ("mot " * 120 + "& fin.", "")


def test_an_endless_first_sentence_goes_on_below_the_lead() -> None:
    lead, body = lead_and_body(f"<p>{'mot ' * 190}&amp; fin.</p>")
    assert (lead, body) == ("mot " * 99 + "mot…", "<p>… " + "mot " * 90 + "&amp; fin.</p>")


@pytest.mark.parametrize(
    "noise",
    [
        "<p>Lire aussi : <a href='https://a.fr'>Autre chose</a></p>",
        "<p>À lire également</p>",
        "<p>Lire également :</p><ul><li><a href='https://a.fr'>Autre chose</a></li></ul>",
        "<p>Lire la suite</p>",
        "<p>En savoir plus…</p>",
        "<p>Partager sur Facebook</p>",
        "<p>Share this:</p><ul><li>Twitter</li></ul>",
        "<p>L’article <a href='https://a.fr'>Titre</a> est apparu en premier sur CGET.</p>",
        "<p>The post Title appeared first on CGET.</p>",
        "<figure><img src='https://a.fr/b.jpg'><figcaption>Légende</figcaption></figure>",
        "<p><img src='https://a.fr/b.jpg'></p>",
        "<hr>",
        "<h2>Partager cette page</h2>",
    ],
)
def test_what_is_not_the_article_is_dropped(noise: str) -> None:
    assert lead_and_body(f"<p>Un.</p><p>Deux.</p>{noise}<p>Trois.</p>") == ("Un.", "<p>Deux.</p>\n<p>Trois.</p>")


def test_a_paragraph_that_only_begins_like_boilerplate_is_kept() -> None:
    long = "En savoir plus sur la ville, c’est " + "comprendre " * 50
    assert lead_and_body(f"<p>Un.</p><p>{long}</p>") == ("Un.", f"<p>{long.strip()}.</p>")


@pytest.mark.parametrize(
    "block",
    [
        "<p>Deux\u00a0:</p>\n<ul><li>a</li><li>b</li></ul>",
        "<ol><li>a<ul><li>b</li></ul></li></ol>",
        "<blockquote><p>«\u00a0Oui.\u00a0»</p></blockquote>",
        "<h2>Plus de partenaires</h2>\n<p>Lancé en 2018.</p>",
        "<table><tbody><tr><td>a</td></tr></tbody></table>",
    ],
)
def test_paragraphs_lists_quotations_and_tables_are_kept_as_they_are(block: str) -> None:
    assert lead_and_body(f"<p>Un.</p>{block}") == ("Un.", block)


def test_a_dash_list_typed_as_loose_text_becomes_a_list() -> None:
    content = "<p>Un.</p>– deux<br>– trois<br><br>Fin."
    assert lead_and_body(content)[1] == "<ul><li>deux</li><li>trois</li></ul>\n<p>Fin.</p>"


@pytest.mark.parametrize(
    "content", ["<p>Un.</p><p>Deux.</p><h2>Suite</h2>", "<p>Un.</p><p>Deux.</p><h2>a</h2><h3>b</h3>"]
)
def test_a_sub_title_is_never_last(content: str) -> None:
    assert lead_and_body(content) == ("Un.", "<p>Deux.</p>")


def test_a_sub_title_whose_text_has_no_room_goes_too() -> None:
    content = f"<p>Un.</p><p>{'mot ' * 500}</p><h2>Suite</h2><p>{'mot ' * 500}</p>"
    assert lead_and_body(content)[1] == f"<p>{('mot ' * 500).strip()}.</p>"


def test_one_endless_block_is_cut_like_any_text() -> None:
    _, body = lead_and_body(f"<p>Un.</p><p>{'<b>mot</b> ' * 30_000}</p>")
    assert body == "<p>" + " ".join(["<b>mot</b>"] * (Lengths().body // 4 - 1)) + " <b>mot…</b></p>"


def test_a_long_text_without_a_single_break_is_read_at_once() -> None:
    assert (
        graphemes(lead_and_body(f"<p>{'mot' + chr(0xA0) * 100_000}</p>", "x" + chr(0xA0) * 100_000)[0])
        <= Lengths().longest_lead
    )


@given(st.text("a <p>/.…b\n", max_size=300), st.one_of(st.none(), st.text("a .…b\n", max_size=60)))
def test_a_lead_is_one_short_line(content: str, summary: str | None) -> None:
    lead, _ = lead_and_body(content, summary)
    assert "\n" not in lead
    assert graphemes(lead) <= Lengths().longest_lead


SHORTER = Lengths(lead=60, body=80)


def test_a_feed_that_wants_less_gets_less_in_whole_sentences() -> None:
    lead = "Le programme commence. Il concerne 222 villes moyennes. Chacune a signé sa convention cadre."
    made = Excerpt(
        lead, tuple(blocks("<p>Les travaux suivent en juin.</p><p>Ils dureront trois ans, puis on verra.</p>"))
    )

    found = shortened(made, "fr", SHORTER)

    assert found.lead == "Le programme commence. Il concerne 222 villes moyennes."
    assert [block.text for block in found.body] == [
        "Chacune a signé sa convention cadre.",
        "Les travaux suivent en juin.",
    ]


def test_what_is_short_enough_is_left_as_it_is() -> None:
    made = Excerpt("Le programme commence.", blocks("<p>Les travaux suivent.</p>"))

    assert shortened(made, "fr", SHORTER) is made


def test_a_short_lead_stays_where_only_the_body_is_too_long() -> None:
    made = Excerpt("Le programme commence.", blocks(f"<p>Les travaux suivent.</p><p>{'Puis on verra. ' * 9}</p>"))

    found = shortened(made, "fr", SHORTER)

    assert found.lead == made.lead
    assert found.body[0].text == "Les travaux suivent."
    assert sum(graphemes(block.text) for block in found.body) <= SHORTER.body
