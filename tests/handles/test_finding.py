"""Names in a text: what counts as one, and which of two that overlap."""

import time
from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.directory.handles import Body, Directory, found_in
from tests.handles.measure import DIRECTORY

TOWN = Body("town", "Ville de Vaubrune", names=("Vaubrune",))
AGENCY = Body("agency", "Agence de la ville", acronyms=("ADV",))
OFFICE = Body("office", "Agence de la ville et du port", acronyms=("ADVP",))


def found(text: str, *bodies: Body) -> list[tuple[str, str]]:
    directory = Directory({body.id: body for body in bodies})
    return [(one.body, text[one.start : one.end]) for one in found_in(text, directory)]


@pytest.mark.parametrize(
    "text",
    [
        "Vaubrune rénove",
        "à Vaubrune.",
        "VAUBRUNE RÉNOVE",
        "l’ex-Vaubrune",
        "« Vaubrune »",
        "Vaubrune\u00a0: le bilan",
    ],
)
def test_a_name_is_found_wherever_a_word_can_stand(text: str) -> None:
    assert [body for body, _ in found(text, TOWN)] == ["town"]


@pytest.mark.parametrize(
    "text",
    [
        "vaubrune en petites lettres",
        "Vaubrunette",
        "les Vaubrunois",
        "@Vaubrune",
        ".@Vaubrune",
        "＠Vaubrune",
        "#Vaubrune",
        "https://exemple.fr/Vaubrune",
        "www.exemple.fr/Vaubrune",
        "Vaubrune@exemple.fr",
        "plan-Vaubrune.pdf",
        "Vaubrune_officiel",
    ],
)
def test_part_of_a_word_an_address_a_handle_or_a_file_is_no_name(text: str) -> None:
    assert found(text, TOWN) == []


def test_the_longest_name_wins_and_none_lies_inside_another() -> None:
    assert found("l’Agence de la ville et du port", AGENCY, OFFICE) == [("office", "Agence de la ville et du port")]
    assert found("l’Agence de la ville et la mer", AGENCY, OFFICE) == [("agency", "Agence de la ville")]


@pytest.mark.parametrize(("text", "is_found"), [("l’ADV", True), ("l’Adv", False), ("adv", False), ("ADVX", False)])
def test_an_acronym_counts_in_capitals_alone(text: str, *, is_found: bool) -> None:
    assert bool(found(text, AGENCY)) is is_found


def test_what_two_bodies_are_called_is_not_guessed() -> None:
    other = Body("other", "Amis du vieux port", acronyms=("ADV",))
    assert found("l’ADV recrute", AGENCY, other) == []


def test_an_article_tells_two_bodies_apart() -> None:
    school, fund = Body("school", "École", names=("le Cnam",)), Body("fund", "Caisse", names=("la Cnam",))
    text = "du Cnam, au Cnam, à la Cnam, Cnam"
    assert [body for body, _ in found(text, school, fund)] == ["school", "school", "fund"]


def test_who_has_a_name_now_comes_before_who_had_it() -> None:
    assert DIRECTORY.bodies["anct"].former[0].name == "CGET"
    own = Body("cget", "CGET")
    text = "le CGET"
    assert found(text, DIRECTORY.bodies["anct"]) == [("anct", "CGET")]
    assert found(text, DIRECTORY.bodies["anct"], own) == [("cget", "CGET")]


def test_offsets_are_those_of_the_text_as_it_is() -> None:
    assert found("L’été 👩‍👩‍👧, Vaubrune\u202f!", TOWN) == [("town", "Vaubrune")]


@given(st.text("aàA'’ -.,@#/\nVvaubruneCGETl", max_size=80))
def test_whatever_the_text_finds_are_in_order_and_apart(text: str) -> None:
    ends = [(one.start, one.end) for one in found_in(text, Directory({"town": TOWN, "cget": Body("cget", "CGET")}))]
    assert all(start < end for start, end in ends)
    assert all(before[1] <= after[0] for before, after in pairwise(ends))


def test_two_thousand_names_cost_no_more_than_eighty() -> None:
    many: Mapping[str, Body] = {f"b{n}": Body(f"b{n}", f"Agence numéro {n} de la ville") for n in range(2000)}
    text = "L’Agence numéro 7 de la ville et l’Anah se réunissent. " * 10
    few, lots = (_seconds(text, directory) for directory in (DIRECTORY, Directory({**many, **DIRECTORY.bodies})))
    assert lots < 10 * few


def _seconds(text: str, directory: Directory) -> float:
    """The best of five, in time of this thread: a busy machine slows some, and not all."""
    best = float("inf")
    for _ in range(5):
        start = time.thread_time()
        found_in(text, directory)
        best = min(best, time.thread_time() - start)
    return best
