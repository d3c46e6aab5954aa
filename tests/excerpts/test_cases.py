"""Every case of the files beside this one: the lead and the body are what an editor would have printed."""

import re

import pytest

from relay.core.excerpt.excerpt import excerpt
from tests.excerpts.cases import Case, cases

CASES = list(cases())


def printed(markup: str) -> str:
    """HTML without what relay adds to every link for the reader's safety."""
    return markup.replace(' rel="noopener nofollow"', "")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_prints_what_an_editor_would(case: Case) -> None:
    found = excerpt(case.entry, case.language)
    assert (found.lead, printed("\n".join(block.html for block in found.body))) == (case.lead, case.body)


def test_there_are_enough_of_them_and_no_two_have_one_name() -> None:
    names = [case.name for case in CASES]
    assert len(names) >= 200
    assert len(set(names)) == len(names)


def test_no_expected_sentence_is_broken() -> None:
    ends = re.compile(r"(?:[.!?…;:][\u00a0\u202f ]?[»”)]?|[»”)]|(?:https?://|#)\S+)$")
    broken = [case.name for case in CASES if case.lead and not ends.search(case.lead)]
    assert broken == []
