"""Hashtags: which a post gets, in which order, how many, and that a network marks each of them whole."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.account import Limits
from relay.core.compose import compose, headline
from relay.core.directory.handles import Body, Directory
from relay.core.language.text import spans
from relay.core.normalise import Home, normalise
from relay.core.post import Post
from relay.core.subject.hashtags import Tagging, fresh, hashtag, legal, said, tagged
from relay.networks.bluesky.facets import facets
from tests.core.things import DIRECTORY, ENTRY, NOW, POST, SOURCE

NETWORKS = ["mastodon", "bluesky", "x", "linkedin", "threads"]
ROOMY = Limits((("graphemes", 5000),))
USUAL = Tagging()
RULES = (("rénovation urbaine", ("RénovationUrbaine",)), ("salon des maires", ("SMCL", "Maires")))
BARE = replace(POST, hashtags=(), categories=(), handles=())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Égalité des territoires", "ÉgalitéDesTerritoires"),
        ("Politique de l'habitat", "PolitiqueDeLHabitat"),
        ("Politique de l’habitat", "PolitiqueDeLHabitat"),
        ("politique de la ville", "PolitiqueDeLaVille"),
        ("Action Cœur de Ville", "ActionCœurDeVille"),
        ("œuvres", "Œuvres"),
        ("Micro-Folies", "MicroFolies"),
        ("Égalité femmes-hommes", "ÉgalitéFemmesHommes"),
        ("Ville & quartiers", "VilleQuartiers"),
        ("Culture / sport", "CultureSport"),
        ("#SMCL", "SMCL"),
        ("CGET", "CGET"),
        ("appels à projets de l'ANCT", "AppelsÀProjetsDeLANCT"),
        ("POLITIQUE DE LA VILLE", "PolitiqueDeLaVille"),
        ("RÉNOVATION ÉNERGÉTIQUE", "RénovationÉnergétique"),
        ("PLAN ANRU", "PLANANRU"),
        ("eBay et iPhone", "EBayEtIPhone"),
        ("QPV 2030", "QPV2030"),
        ("1er janvier", "1erJanvier"),
        ("100 jours", "100Jours"),
        ("réno\u00advation\u200b urbaine", "RénovationUrbaine"),
        ("e\u0301cole", "École"),
        ("  ville\u00a0moyenne ", "VilleMoyenne"),
        ("snake_case", "SnakeCase"),
        ("Écologie (transition)", "ÉcologieTransition"),
        ("ПОЛИТИКА города", "ПОЛИТИКАГорода"),
        ("日本語", "日本語"),
        ("2026", ""),
        ("« » — …", ""),
        ("100 %", ""),
        ("", ""),
    ],
)
def test_words_become_one_with_their_accents_and_a_capital_each(words: str, expected: str) -> None:
    assert hashtag(words) == expected


@pytest.mark.parametrize(
    ("tag", "network", "expected"),
    [
        ("SMCL", "x", "SMCL"),
        ("SMCL_2026", "mastodon", "SMCL_2026"),
        ("SMCL_2026", "linkedin", "SMCL2026"),
        ("2026", "x", None),
        ("2026", "mastodon", None),
        ("2026", "bluesky", None),
        ("___", "mastodon", None),
        ("_1", "linkedin", None),
        ("l'habitat", "x", "lhabitat"),
        ("Cœur-de-Ville", "mastodon", "CœurdeVille"),
        ("e\u0301cole", "bluesky", "école"),
        ("a" * 64, "bluesky", "a" * 64),
        ("a" * 65, "bluesky", None),
        ("a" * 65, "mastodon", "a" * 65),
        ("a" + "\u0301\u0302\u0303" * 110, "bluesky", None),
        ("", "x", None),
    ],
)
def test_each_network_has_its_own_law(tag: str, network: str, expected: str | None) -> None:
    assert legal(tag, network) == expected


@given(st.text(max_size=80), st.sampled_from(NETWORKS))
def test_whatever_the_words_a_network_marks_the_whole_hashtag(words: str, network: str) -> None:
    for tag in filter(None, (legal(hashtag(words), network), legal(words, network))):
        text = f"Le bilan #{tag}"
        assert [span.text for span in spans(text)] == [f"#{tag}"]
        if network == "bluesky":
            assert [facet["features"][0]["tag"] for facet in facets(text, {})] == [tag]


def on(post: Post, tagging: Tagging = USUAL, network: str = "mastodon", directory: Directory = DIRECTORY) -> list[str]:
    return list(tagged(post, network, tagging, directory).hashtags)


def test_the_sources_own_come_first_then_rules_then_categories() -> None:
    source = replace(SOURCE, hashtags=("CGET",))
    entry = replace(ENTRY, title="Rénovations urbaines : le bilan", categories=("Habitat",))
    home = Home("blog.exemple.fr", "https://blog.exemple.fr/", tagging=Tagging(words=RULES))
    post = normalise(entry, source, home, "bilan", (), NOW)
    assert post.hashtags == ("CGET", "RénovationUrbaine")
    assert on(post, home.tagging) == ["CGET", "RénovationUrbaine", "Habitat"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("La rénovation urbaine avance", ("RénovationUrbaine",)),
        ("RENOVATION URBAINE", ("RénovationUrbaine",)),
        ("Des rénovations\u00a0urbaines", ("RénovationUrbaine",)),
        ("Au Salon des maires : la rénovation urbaine", ("RénovationUrbaine", "SMCL", "Maires")),
        ("Rénovation-urbaine", ("RénovationUrbaine",)),
        ("Prérénovation urbaine", ()),
        ("La rénovation, urbaine ou rurale", ("RénovationUrbaine",)),
        ("Une rénovation très urbaine", ()),
        ("Rénovation", ()),
    ],
)
def test_a_rule_finds_its_phrase_whatever_its_case_accents_and_number(title: str, expected: tuple[str, ...]) -> None:
    assert said(replace(BARE, headline=title, lead=""), Tagging(words=RULES)) == expected


def test_a_rule_looks_at_title_lead_and_categories_each_for_itself() -> None:
    tagging = Tagging(words=RULES)
    assert said(replace(BARE, headline="Bilan", lead="La rénovation urbaine."), tagging) == ("RénovationUrbaine",)
    assert said(replace(BARE, categories=("Rénovation urbaine",)), tagging) == ("RénovationUrbaine",)
    assert said(replace(BARE, headline="Rénovation", lead="Urbaine.", categories=()), tagging) == ()
    assert said(replace(BARE, body_html="<p>rénovation urbaine</p>"), tagging) == ()


@pytest.mark.parametrize(
    ("categories", "expected"),
    [
        (("Villes moyennes", "Nature en ville"), ["VillesMoyennes", "NatureEnVille"]),
        (("Actualités", "Non classé", "À la une", "Communiqués de presse", "Ville"), ["Ville"]),
        (("Offres d'emploi", "Ville"), ["Ville"]),
        (("Logement, habitat",), ["Logement", "Habitat"]),
        (("Médias & Publicité",), ["Médias", "Publicité"]),
        (("Culture - Loisirs",), ["Culture", "Loisirs"]),
        (("Flash Actu", "En direct", "À savoir", "Ville"), ["Ville"]),
        (("Ville > Quartiers", "Culture / sport"), ["Ville", "Quartiers", "Culture"]),
        (("Écoles", "ecoles", "ÉCOLES", "Ville"), ["Écoles", "Ville"]),
        (("Contractualisation et partenariats territoriaux", "Ville"), ["Ville"]),
        (("2026", "", "…", "Ville"), ["Ville"]),
    ],
)
def test_categories_that_name_a_subject_become_hashtags(categories: tuple[str, ...], expected: list[str]) -> None:
    assert on(replace(BARE, categories=categories), Tagging(never=("offres d’emploi",))) == expected


def test_a_category_that_is_the_author_becomes_none() -> None:
    post = replace(BARE, author="Jeanne Petit, Ali B.", categories=("Ville", "jeanne petit", "Ali B."))
    assert on(post, Tagging()) == ["Ville"]


def test_bodies_without_a_handle_there_can_become_hashtags() -> None:
    directory = Directory({**DIRECTORY.bodies, "long": Body("long", "Agence " * 9, {})})
    post = replace(BARE, handles=("cget", "territoires", "long", "inconnu"))
    tagging = Tagging(origins=frozenset({"directory"}))
    assert on(post, tagging, "bluesky", directory) == ["MinistèreDesTerritoires", "Inconnu"]
    assert on(post, tagging, "mastodon", directory) == ["CGET", "MinistèreDesTerritoires", "Inconnu"]
    assert on(post, Tagging(), "mastodon", directory) == []


def test_only_what_is_asked_for_is_made() -> None:
    post = replace(POST, headline="Salon des maires", categories=("Ville",), hashtags=("Un",))
    nothing = Tagging(words=RULES, origins=frozenset())
    assert said(post, nothing) == ("Un",)
    assert on(post, nothing) == ["Un"]


FOUR = replace(BARE, hashtags=("Un", "Deux"), categories=("Trois", "Quatre", "Cinq"))


@pytest.mark.parametrize(
    ("tagging", "network", "expected"),
    [
        (Tagging(), "x", ["Un", "Deux", "Trois"]),
        (Tagging(max=1), "x", ["Un", "Deux"]),
        (Tagging(max=0), "x", ["Un", "Deux"]),
        (Tagging(max_on={"x": 1}), "x", ["Un"]),
        (Tagging(max_on={"x": 0}), "x", []),
        (Tagging(max_on={"x": 1}), "mastodon", ["Un", "Deux", "Trois"]),
        (Tagging(max_on={"x": 5}), "x", ["Un", "Deux", "Trois", "Quatre", "Cinq"]),
    ],
)
def test_their_number_is_limited_and_what_the_operator_wrote_stays_unless_a_network_says_less(
    tagging: Tagging, network: str, expected: list[str]
) -> None:
    assert on(FOUR, tagging, network) == expected


def test_rules_do_not_make_a_headline_longer_than_it_may_be() -> None:
    post = replace(BARE, headline="Salon des maires : la rénovation urbaine", hashtags=("Un", "Deux"))
    assert said(post, Tagging(words=RULES)) == ("Un", "Deux", "RénovationUrbaine")
    assert said(post, Tagging(words=RULES, max=1)) == ("Un", "Deux")


def test_the_same_hashtag_is_there_once_whatever_its_case_and_accents() -> None:
    post = replace(BARE, hashtags=("Égalité", "EGALITE"), categories=("égalité", "Œuvres", "oeuvres"))
    assert on(post) == ["Égalité", "Œuvres"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le bilan", ("#Ville", "#Égalité")),
        ("Le bilan de la ville", ("#Ville", "#Égalité")),
        ("Le bilan #ville", ("#Égalité",)),
        ("#egalite et #VILLE", ()),
        ("Le bilan #Villes https://a.fr/#ville", ("#Ville", "#Égalité")),
    ],
)
def test_what_stands_in_the_text_as_a_hashtag_is_not_repeated(text: str, expected: tuple[str, ...]) -> None:
    assert fresh(("#Ville", "#Égalité"), text) == expected


def draft(post: Post, template: str, limits: Limits = ROOMY) -> str:
    return compose(post, "CGET", template, limits, "mastodon", DIRECTORY).text


def test_a_hashtag_of_the_title_or_of_the_template_is_not_written_again() -> None:
    post = replace(POST, headline="Le bilan de #TremplinAsso", hashtags=("tremplinasso", "Ville", "Veille"))
    assert draft(post, "#Veille {title} {hashtags}") == "#Veille Le bilan de #TremplinAsso #Ville"
    assert draft(post, "{hashtags}") == "#tremplinasso #Ville #Veille"
    assert headline(post, "{title} {hashtags}", DIRECTORY) == "Le bilan de #TremplinAsso #Ville #Veille"


@pytest.mark.parametrize(
    ("room", "expected"),
    [(16, "#Ville #Écologie"), (15, "#Ville"), (6, "#Ville"), (5, ""), (0, "")],
)
def test_with_little_room_hashtags_go_whole_and_the_last_first(room: int, expected: str) -> None:
    post = replace(POST, hashtags=("Ville", "Écologie"))
    assert draft(post, f"{{hashtags:{room}}}") == expected
    limits = Limits((("graphemes", len(POST.url) + 1 + room),))
    assert draft(post, "{link} {hashtags}", limits) == f"{POST.url} {expected}".strip()


def test_a_handle_is_never_cut_into_another() -> None:
    assert draft(POST, "{mentions:10}") == "CGET"
    assert compose(POST, "CGET", "{mentions:15}", ROOMY, "bluesky", DIRECTORY).text == ""


def test_the_same_post_gets_the_same_hashtags_whatever_order_the_origins_are_told_in() -> None:
    one, two = frozenset(("words", "categories", "directory")), frozenset(("directory", "categories", "words"))
    post = replace(FOUR, handles=("inconnu",))
    assert on(post, Tagging(origins=one, max=9)) == on(post, Tagging(origins=two, max=9))  # type: ignore[arg-type]  # literals
