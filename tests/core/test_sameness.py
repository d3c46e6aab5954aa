"""Which of the posts of other sources tells the same news: precision before all."""

from dataclasses import replace

import pytest

from relay.core.identity.sameness import NEAR, same
from relay.core.post import Post
from tests.core.things import DAY, POST

LEAD = "Le conseil départemental ouvre un bus de santé qui ira chaque semaine dans dix-huit villages du Morvan."
BODY = (
    "<p>Un médecin et une infirmière y reçoivent sans rendez-vous, de neuf heures à dix-sept heures. Les vaccinations "
    "et les dépistages sont gratuits, et les ordonnances peuvent être retirées à la pharmacie de Château-Chinon.</p>"
)
TITLE = "Un bus de santé sillonnera les villages du Morvan"
HERE = replace(POST, id="a", source_id="nievre", credit="Source : Nièvre", headline=TITLE, lead=LEAD, body_html=BODY)
THERE = replace(HERE, id="b", source_id="ars", credit="Source : ARS")
SHORT = replace(HERE, lead="Il partira lundi de Clamecy.", body_html="")


def test_the_same_communique_is_found() -> None:
    assert same(THERE, [replace(HERE, id="c", headline="Autre", lead="Autre.", body_html=""), HERE]) == HERE


def test_among_none_there_is_none() -> None:
    assert same(THERE, []) is None


@pytest.mark.parametrize(
    "title",
    [
        "Santé : un bus pour le Morvan",
        "UN BUS DE SANTE SILLONNERA LES VILLAGES DU MORVAN",
        "ARS : consulter au village",
    ],
)
def test_another_headline_does_not_hide_it(title: str) -> None:
    assert same(replace(THERE, headline=title), [HERE]) == HERE


def test_one_that_is_cut_is_found_either_way() -> None:
    cut = replace(THERE, body_html="")
    assert same(cut, [HERE]) == HERE
    assert same(replace(HERE, id="c"), [cut]) == cut


@pytest.mark.parametrize(
    ("old", "new"),
    [("dix-huit", "dix-neuf"), ("Château-Chinon", "Saint-Brisson"), ("neuf heures", "huit heures"), ("Morvan", "Jura")],
)
def test_one_number_or_name_in_the_place_of_another_makes_it_another(old: str, new: str) -> None:
    other = replace(
        THERE,
        headline=TITLE.replace(old, new),
        lead=LEAD.replace(old, new),
        body_html=BODY.replace(old, new),
    )
    assert other != THERE
    assert same(other, [HERE]) is None


def test_other_spaces_quotation_marks_and_accents_do_not_matter() -> None:
    typed = replace(THERE, lead=LEAD.upper(), body_html=BODY.replace(" ", "\u202f").replace("é", "e\u0301"))
    assert same(typed, [HERE]) == HERE


def test_a_short_text_needs_the_title() -> None:
    assert same(replace(SHORT, id="b"), [SHORT]) == SHORT
    assert same(replace(SHORT, id="b", headline="Départ du car santé"), [SHORT]) is None


def test_a_title_alone_is_not_enough() -> None:
    bare = replace(HERE, lead="", body_html="")
    assert same(replace(bare, id="b"), [bare]) is None
    assert same(replace(THERE, lead="Une pétition circule contre lui à Lormes.", body_html=""), [HERE]) is None


def test_what_stands_below_all_texts_of_a_body_is_not_enough() -> None:
    about = BODY.replace("Un médecin", "Le département").replace("dix-sept", "sept") * 2
    one = replace(HERE, headline="Routes : le budget est voté", lead="Les élus ont voté.", body_html=about)
    other = replace(THERE, headline="Collèges : deux gymnases neufs", lead="Ils ouvrent à Decize.", body_html=about)
    assert same(other, [one]) is None


@pytest.mark.parametrize("title", ["Offre d’emploi : chargé de mission santé rurale", "Agenda des villages du Morvan"])
def test_rubrics_under_which_the_same_sentences_come_again_are_never_the_same(title: str) -> None:
    assert same(replace(THERE, headline=title), [replace(HERE, headline=title)]) is None


def test_a_numbered_title_with_another_number_is_another() -> None:
    letters = [replace(HERE, id=str(number), headline=f"Les nouvelles du Morvan, n° {number}") for number in (12, 13)]
    assert same(letters[1], letters[:1]) is None


@pytest.mark.parametrize("step", [NEAR, -NEAR])
def test_within_a_week_before_or_after(step: object) -> None:
    there = replace(THERE, published=HERE.published + step)  # type: ignore[operator]  # a timedelta
    assert same(there, [HERE]) == HERE
    beyond = replace(there, published=there.published + (DAY if there.published > HERE.published else -DAY))
    assert same(beyond, [HERE]) is None


def test_of_two_as_like_it_is_the_earlier() -> None:
    later: Post = replace(HERE, id="0", published=HERE.published + DAY)
    assert same(THERE, [later, HERE]) == HERE
