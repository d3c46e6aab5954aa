"""The labelled sentences: figures that may rise, and not fall."""

from tests.handles.measure import DIRECTORY, measure, sentences


def test_the_labelled_sentences_are_enough_to_tell() -> None:
    labelled = tuple(sentences())
    assert len(labelled) >= 300
    assert len({one.text for one in labelled}) == len(labelled)
    assert sum(not one.bodies for one in labelled) >= 100
    assert {body for one in labelled for body in one.bodies} <= DIRECTORY.bodies.keys()


def test_hardly_any_body_is_found_wrongly_and_few_are_missed() -> None:
    figures = measure()
    assert figures.precision >= 0.99, figures.mistakes
    assert figures.recall >= 0.95, figures.mistakes
