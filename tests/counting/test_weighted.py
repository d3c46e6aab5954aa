"""X's count, by the cases of twitter-text where they stand beside the project, and by some of our own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from publicsuffixlist import PublicSuffixList

from relay.core.account import Limits
from relay.core.counting.addresses import addresses
from relay.core.counting.domains import TOP
from relay.core.counting.weighted import is_sendable, weighted
from relay.core.language.length import measure

SUITE = Path(__file__).parents[3] / "shared" / "conformance" / "twitter-text" / "conformance"
FOUND = ("urls", "urls_with_indices", "urls_with_directional_markers", "tco_urls_with_params")
COUNTED = ("WeightedTweetsWithDiscountedEmojiCounterTest", "UnicodeDirectionalMarkerCounterTest")


def cases(file: str, groups: tuple[str, ...]) -> Iterator[Any]:
    """The cases of some groups; in a stranger's clone, the reason why there are none."""
    if (path := SUITE / file).exists():
        tests = yaml.safe_load(path.read_text())["tests"]
        for group in groups:
            yield from (pytest.param(case, id=f"{group}: {case['description']}") for case in tests[group])
    else:
        yield pytest.param({}, marks=pytest.mark.skip(reason=f"no suite at {path}"))


@pytest.mark.parametrize("case", [*cases("extract.yml", FOUND), *cases("tlds.yml", ("country", "generic"))])
def test_addresses_are_found_where_the_suite_finds_them(case: dict[str, Any]) -> None:
    expected = [one if isinstance(one, str) else one["url"] for one in case["expected"]]
    assert [one.text for one in addresses(case["text"])] == expected


@pytest.mark.parametrize("case", list(cases("validate.yml", COUNTED)))
def test_texts_weigh_what_the_suite_says(case: dict[str, Any]) -> None:
    weight = weighted(case["text"])
    assert weight == case["expected"]["weightedLength"]
    assert (0 < weight <= 280 and is_sendable(case["text"])) == case["expected"]["valid"]


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("ville", 5),
        ("« L’été »", 9),
        ("suite…", 7),
        ("12\u202f%", 5),
        ("10 €", 5),
        ("e\u0301", 1),
        ("Lire cget.gouv.fr/a", 28),
        ("https://www.cget.gouv.fr/actualites/une-bien-longue-adresse-de-page", 23),
        ("(exemple.fr)", 25),
        ("name@exemple.fr", 15),
        ("La ville.Le quartier", 20),
        ("👨\u200d👩\u200d👧\u200d👦 🇫🇷 1️⃣", 8),
        ("🇿🇿", 4),
        ("😀\ufe0f", 4),
        ("☕\ufe0f", 2),
        ("👍\u200d👍", 5),
        ("🫱🏻\u200d🫲🏿", 2),
        ("a.an語.fr/", 27),
        ("exemple.fr/.(a)", 27),
        ("exemple.fr/(a)", 23),
        ("exemple.fr/a.(b)c", 23),
        ("exemple.fr/\u0527", 24),
        ("t" * 64 + ".été.fr", 71),
        ("\x04.t.みんな", 25),
    ],
)
def test_french_texts(text: str, weight: int) -> None:
    assert weighted(text) == weight


def test_a_place_in_the_text_is_told_in_code_points() -> None:
    (found,) = addresses("🇫🇷 voir exemple.fr/a.")
    assert (found.start, found.end, found.text) == (8, 20, "exemple.fr/a")


def test_the_top_level_domains_are_those_of_today() -> None:
    listed = {rule.strip(".").lstrip("*.!") for rule in PublicSuffixList(only_icann=True)._publicsuffix}
    missing = {name for name in listed if "." not in name and not name.startswith("xn--")} - TOP
    assert not missing, "renew core/counting/domains.py"


def test_limits_name_the_unit() -> None:
    (count,) = measure("Voir exemple.fr…", Limits(text=(("weighted", 280),)))
    assert (count.used, count.max) == (30, 280)
