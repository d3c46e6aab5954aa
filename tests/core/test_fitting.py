"""A stored post in the form of a feed that prints less of it."""

from dataclasses import replace

from relay.core.document import Picture
from relay.core.excerpt.excerpt import Lengths
from relay.core.excerpt.fitting import fitted, lengths, longest
from relay.core.form import Form, lines
from relay.core.language.text import graphemes
from relay.core.markup.html import to_text
from relay.core.post import Related
from tests.core.things import POST

SENTENCES = [
    f"La commune numéro {number} a signé sa convention avec les habitants du quartier." for number in range(60)
]
LONG = replace(
    POST,
    lead=" ".join(SENTENCES[:5]),
    body_html="\n".join(f"<p>{sentence}</p>" for sentence in SENTENCES[5:]),
    picture=Picture("https://cget.exemple.fr/place.jpg"),
    related=tuple(Related(f"Billet {number}", f"https://blog.exemple.fr/{number}.html") for number in range(5)),
)


def form(layout: str) -> Form:
    return Form(layout=lines(layout))


def test_what_is_short_enough_is_left_as_it_is() -> None:
    assert fitted(POST, Form()) == POST
    assert fitted(LONG, form("{lead:500}\n{picture}\n{excerpt:9000}\n{related}")) == LONG


def test_what_a_shorter_lead_has_no_room_for_opens_the_body() -> None:
    made = fitted(LONG, form("{lead:200}\n{excerpt:9000}"))
    assert made.lead == " ".join(SENTENCES[:2])
    assert to_text(made.body_html).split() == " ".join(SENTENCES[2:]).split()


def test_a_body_ends_with_a_whole_paragraph() -> None:
    made = fitted(LONG, form("{lead:500}\n{excerpt:1000}"))
    assert (made.lead, LONG.body_html.startswith(made.body_html)) == (LONG.lead, True)
    assert 800 < graphemes(to_text(made.body_html)) <= 1000 + 2 * 12  # a blank line between paragraphs


def test_a_body_without_a_lead_above_it_begins_with_the_lead() -> None:
    made = fitted(LONG, form("{excerpt:9000}"))
    assert made.body_html == f"<p>{LONG.lead}</p>\n{LONG.body_html}"
    assert made.lead == LONG.lead  # which summaries still give


def test_a_lead_alone_is_cut_at_a_sentence_and_has_no_body() -> None:
    made = fitted(LONG, form("{lead:200} ({credit})"))
    assert (made.lead, made.body_html) == (" ".join(SENTENCES[:2]), "")


def test_what_the_layout_leaves_out_is_left_out_everywhere() -> None:
    made = fitted(LONG, form("{lead:500}"))
    assert (made.picture, made.related) == (None, ())
    assert fitted(LONG, form("{lead:500}\n{related:2}")).related == LONG.related[:2]


def test_what_is_stored_is_the_longest_that_a_feed_prints() -> None:
    link, planet = form("{lead:200}"), form("{excerpt:20000}")
    assert lengths(link) == Lengths(200, 2500)
    assert longest((link, planet)) == Lengths(400, 20000)
    assert longest(()) == Lengths()
