"""Earlier posts about the same subject: what is named, in which order, and what never is."""

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from relay.core.feed import RelatedRule
from relay.core.language.stems import stems
from relay.core.normalise import revised
from relay.core.post import Post
from relay.core.subject.related import SIGHT, related
from tests.core.things import DAY, NOW, POST

RULE = RelatedRule()
VOCABULARY = [
    f"{beginning}{ending}"
    for beginning in ("log", "habit", "march", "port", "plant", "form", "cultiv", "transport", "chant", "dans")
    for ending in ("ement", "ation", "eur", "ier", "able", "ité", "isme", "oir", "ure", "age")
]


def words(start: int, number: int) -> str:
    return " ".join(VOCABULARY[(start * 31 + step * 7) % len(VOCABULARY)] for step in range(number))


def post(name: str, headline: str, days: float = 0, **changes: object) -> Post:
    bare = replace(POST, id=f"tag:{name}", url=name, headline=headline, lead="", body_html="", categories=())
    return replace(bare, published=NOW - days * DAY, **changes)  # type: ignore[arg-type]  # by name


def named(own: Post, recent: Sequence[Post], rule: RelatedRule = RULE) -> list[str]:
    return [link.url for link in related(own, recent, rule)]


TREES = post("arbres", "Planter des arbres contre la canicule")
BUDGET = post("budget", "Le budget de la région est voté", 1)


@pytest.mark.parametrize(
    "headline",
    [
        "Mille arbres plantés en une année",
        "La plantation d’un arbre est aidée",
        "L'ARBRE, ALLIÉ DE LA VILLE",
        "Quel arbre résiste aux canicules ?",
    ],
)
def test_the_same_subject_is_found_whatever_the_form_of_its_words(headline: str) -> None:
    assert named(TREES, [BUDGET, post("autre", headline, 2, source_id="anru")]) == ["autre"]


@pytest.mark.parametrize(
    "headline",
    ["Les élections de la chambre d'agriculture", "Tous à la piscine !", "Ce qui va changer pour vous", "2026", ""],
)
def test_a_post_about_something_else_is_not_named_even_if_the_source_has_no_other(headline: str) -> None:
    assert named(TREES, [post("autre", headline, 1)]) == []


def test_what_is_said_of_the_subject_counts_in_the_title_more_than_in_the_lead_and_there_more_than_below() -> None:
    words = "planter des arbres contre les canicules"
    below = post("corps", "Gymnase rouvert", 1, body_html=f"<p>{words}</p>")
    lead = post("chapeau", "Gymnase rouvert", 2, lead=words)
    title = post("titre", words, 3, lead="Gymnase rouvert")
    assert named(TREES, [below, lead, title]) == ["titre", "chapeau", "corps"]


def test_a_category_counts() -> None:
    own = replace(TREES, categories=("Biodiversité",))
    assert named(own, [post("autre", "Retour du castor", 1, categories=("Biodiversité",))]) == ["autre"]


def test_a_word_that_every_post_has_says_little() -> None:
    everywhere = [post(f"{number}", f"Ville : {word}", 1) for number, word in enumerate(VOCABULARY[:50])]
    rare = post("rare", "Du lichen sur les murs", 9)
    own = post("nouveau", "Ville : le lichen et la mousse")
    assert named(own, [*everywhere, rare])[0] == "rare"
    assert named(post("autre", "Ville : cirque, fanfare et acrobates"), [*everywhere, rare]) == []


def test_what_the_text_links_to_comes_first_whatever_it_is_about() -> None:
    address = "https://anru.exemple.fr/?id=3&amp;page=2"
    own = replace(
        TREES, body_html=f'<p>Voir <a href="{address}">le bilan</a>, <a href="https://anru.exemple.fr/">ici</a></p>'
    )
    linked = replace(BUDGET, more_url="https://anru.exemple.fr/?id=3&page=2", published=NOW - 80 * DAY)
    near = replace(TREES, id="tag:proche", url="proche", published=NOW - DAY)
    assert named(own, [near, linked, replace(BUDGET, id="tag:autre", more_url="https://anru.exemple.fr/?id=3")]) == [
        "budget",
        "proche",
    ]


def test_of_two_posts_as_like_the_newer_comes_first_then_the_order_of_their_names() -> None:
    twins = [post(name, "Les arbres et la canicule", days) for name, days in (("c", 3), ("b", 2), ("a", 3))]
    for order in (twins, twins[::-1]):
        assert named(TREES, [*order, BUDGET]) == ["b", "a", "c"]


def test_a_post_never_names_itself() -> None:
    older = replace(TREES, headline="Planter des arbres", published=NOW - DAY)
    assert named(TREES, [TREES, older]) == []


def test_posts_that_are_too_old_or_still_to_come_are_not_named() -> None:
    ages = {"demain": -1, "trop-vieux": 90.1, "limite": 90, "hier": 1}
    recent = [post(name, TREES.headline, days) for name, days in ages.items()]
    assert named(TREES, recent) == ["hier", "limite"]


@pytest.mark.parametrize("most", [0, 1, 3, 5])
def test_it_names_no_more_than_it_may(most: int) -> None:
    recent = [post(f"{number}", TREES.headline, number) for number in range(1, 9)]
    assert len(named(TREES, recent, RelatedRule(max=most))) == most


@pytest.mark.parametrize("headline", ["", "…", "42", "Et alors ?"])
def test_a_post_that_says_nothing_names_none(headline: str) -> None:
    assert named(post("vide", headline), [TREES, BUDGET, post("vide-2", headline, 1)]) == []


def test_only_the_newest_are_looked_at_where_there_are_very_many() -> None:
    recent = [post(f"{number}", "Rien", number / 100) for number in range(SIGHT)]
    assert named(TREES, [*recent[:-1], post("proche", TREES.headline, 50)]) == ["proche"]
    assert named(TREES, [*recent, post("loin", TREES.headline, 50)]) == []


def test_the_order_in_which_posts_are_read_changes_nothing() -> None:
    recent = [post(f"{number}", words(number, 6), number / 10) for number in range(1, 200)]
    own = post("nouveau", words(0, 6))
    expected = named(own, recent)
    assert len(expected) == 3
    for turn in range(20, 200, 20):
        assert named(own, [*recent[turn:], *recent[:turn]]) == expected
        assert named(own, [*recent[turn:], *recent[:turn]][::-1]) == expected


def test_a_thousand_recent_posts_take_20_milliseconds() -> None:
    recent = [
        post(
            f"{number}",
            words(number, 8),
            number / 20,
            lead=words(number + 3, 20),
            body_html=f"<p>{words(number + 5, 50)}</p>",
        )
        for number in range(1, 1001)
    ]
    own = replace(recent[0], id="tag:nouveau", published=NOW)
    related(own, recent, RULE)  # every word has been met
    assert min(_cost(own, recent) for _ in range(9)) < 0.02


def _cost(own: Post, recent: Sequence[Post]) -> float:
    start = time.process_time()
    related(own, recent, RULE)
    return time.process_time() - start


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("L’habitat des habitants", "fr", ["habitat", "habit"]),
        ("Rénovations, rénover, rénovés", "fr-FR", ["renov", "renov", "renov"]),
        ("Cœurs de villes", "fr", ["coeur", "vill"]),
        ("ŒUVRES", "fr", ["oeuvr"]),
        ("E\u0301gale", "fr", ["egal"]),
        ("aujourd'hui, ce que l'on annonce", "fr", []),
        ("Renting houses", "en", ["rent", "hous"]),
        ("à Læso", "tlh", ["laeso"]),
        ("42 %, « x » !", "fr", []),
    ],
)
def test_words_become_stems(text: str, language: str, expected: list[str]) -> None:
    assert stems(text, language) == expected


def test_subjects_of_two_languages_are_not_read_by_the_rules_of_one() -> None:
    german = post("de", "Bäume pflanzen", 1, language="de")
    assert named(post("de-2", "Neue Bäume gepflanzt", language="de"), [german, TREES]) == ["de"]


def test_an_edit_keeps_what_was_named_first() -> None:
    first = replace(TREES, related=related(TREES, [post("autre", "Mille arbres plantés", 2)], RULE))
    edited = replace(TREES, headline="Le budget", related=related(replace(TREES, headline="Le budget"), [BUDGET], RULE))
    assert [link.url for link in edited.related] == ["budget"]
    assert revised(first, edited, NOW).related == first.related != ()
