"""The short form of ``python -m tests.counting``: every suite, and as many texts as a run of the tests has time for."""

from functools import partial

import pytest

from tests.counting.__main__ import wrong
from tests.counting.differences import DIFFERENCES, explained
from tests.counting.fuzz import agree, fuzz
from tests.counting.strings import strings
from tests.counting.suites import SUITES, Case, cases, left_out


@pytest.mark.parametrize("seed", [1, 2])
def test_relay_counts_as_others_do_or_for_a_reason(seed: int) -> None:
    tally = fuzz(seed, 1_500)
    assert tally.unexplained == []
    assert all(tally.classes[unit].total() == 0 for unit in ("code points", "bytes", "utf-16"))


def test_a_difference_without_a_known_cause_is_found() -> None:
    assert explained("ville 🫠.music", "weighted", lambda _: False) is None


def test_every_class_of_differences_has_a_text_that_shows_it() -> None:
    shown = {
        "line ends": "a\r\nb",
        "U+FE0F behind a picture": "☕️",
        "emoji since Unicode 12": "🫱🏻\u200d🫲🏿",
        "new top-level domains": "été.music",
        "names that IDNA 2003 refuses": "\U000e0067.t.br",
        "Indic conjuncts": "क्षि",
        "a mark before a control": "\u0600\n\u20e3",
        "signs of another class today": "a\u1aeb",
    }
    for one in DIFFERENCES:
        text, unit = shown[one.name], one.units[0]
        assert not agree(unit, text)
        assert explained(text, unit, partial(agree, unit)) == one.name


def test_the_same_seed_gives_the_same_texts() -> None:
    assert list(strings(7, 50)) == list(strings(7, 50)) != list(strings(8, 50))


@pytest.mark.skipif(not SUITES.is_dir(), reason="the public suites do not stand beside the project")
def test_every_case_of_the_suites_passes_or_is_left_out_for_a_reason() -> None:
    found = list(cases())
    assert wrong(found) == []
    known = {(case.suite, case.name) for case in found} | {(case.suite, "*") for case in found}
    assert set(left_out()) <= known


def test_a_case_that_fails_unlisted_or_passes_though_listed_is_wrong() -> None:
    unlisted = Case("extract urls", "0 none", passes=False)
    listed = Case("validate lists", "0 none", passes=True)
    assert wrong([unlisted, listed, Case("extract urls", "0 good", passes=True)]) == [unlisted, listed]
