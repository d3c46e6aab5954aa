"""The labelled sentences: figures that may rise, and not fall."""

import pytest

from tests.handles.measure import DIRECTORY, SETS, measure, sentences


@pytest.mark.parametrize(("name", "least", "bare"), [("sentences", 300, 100), ("independent", 250, 65)])
def test_the_labelled_sentences_are_enough_to_tell(name: str, least: int, bare: int) -> None:
    labelled = tuple(sentences(name))
    assert len(labelled) >= least
    assert len({one.text for one in labelled}) == len(labelled)
    assert sum(not one.bodies for one in labelled) >= bare
    assert {body for one in labelled for body in one.bodies} <= DIRECTORY.bodies.keys()


def test_no_sentence_stands_in_both_sets() -> None:
    texts = [one.text for name in SETS for one in sentences(name)]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("name", SETS)
def test_hardly_any_body_is_found_wrongly_and_few_are_missed(name: str) -> None:
    figures = measure(name)
    assert figures.precision >= 0.99, figures.mistakes
    assert figures.recall >= 0.95, figures.mistakes
