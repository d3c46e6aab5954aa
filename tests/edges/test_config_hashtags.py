"""``[hashtags]``; what is wrong with it stands among the broken files."""

from pathlib import Path

import pytest

from relay.core.subject.hashtags import Tagging
from tests.edges.configurations import SOURCE, good

WHOLE = f"""{SOURCE}
[hashtags]
from   = ["directory", "words"]
max    = 2
max_on = {{ x = 1, linkedin = 5 }}
never  = ["Offres d'emploi"]

[hashtags.words]
"salon des maires"   = "SMCL"
"rénovation urbaine" = ["RénovationUrbaine", "NPNRU"]
"""


def test_without_the_section_words_and_categories_make_three_hashtags(tmp_path: Path) -> None:
    assert good(tmp_path, SOURCE).tagging == Tagging()
    assert (Tagging().origins, Tagging().max) == (frozenset({"words", "categories"}), 3)


def test_every_key_is_read_and_words_keep_their_order(tmp_path: Path) -> None:
    assert good(tmp_path, WHOLE).tagging == Tagging(
        words=(("salon des maires", ("SMCL",)), ("rénovation urbaine", ("RénovationUrbaine", "NPNRU"))),
        origins=frozenset({"directory", "words"}),
        never=("Offres d'emploi",),
        max=2,
        max_on={"x": 1, "linkedin": 5},
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("from = []", Tagging(origins=frozenset())),
        ('from = "categories"', Tagging(origins=frozenset({"categories"}))),
        ("max = 0", Tagging(max=0)),
        ("max_on = { mastodon = 0 }", Tagging(max_on={"mastodon": 0})),
        ('words = { "plan 2030" = "Plan2030" }', Tagging(words=(("plan 2030", ("Plan2030",)),))),
    ],
)
def test_each_key_alone_is_enough(line: str, expected: Tagging, tmp_path: Path) -> None:
    assert good(tmp_path, f"{SOURCE}[hashtags]\n{line}\n").tagging == expected
