"""Posts about the same subject, found among labelled ones: figures that may rise, and not fall."""

from collections import Counter

from tests.related.measure import ALONE, by_subject, by_title_words, labelled, latest_of_the_source, measure


def test_the_labelled_posts_are_enough_to_tell() -> None:
    posts, subjects = labelled()
    sizes = Counter(subjects.values())
    assert len(posts) >= 60
    assert len({post.url for post in posts}) == len(posts)
    assert len(sizes) - 1 >= 8
    assert all(size > 3 for subject, size in sizes.items() if subject != ALONE)


def test_nine_posts_named_of_ten_are_about_the_same_subject() -> None:
    figures = measure(by_subject)
    assert figures.precision >= 0.94, figures.wrong
    assert figures.recall >= 0.85


def test_a_post_about_nothing_that_another_is_about_hardly_ever_names_any() -> None:
    assert measure(by_subject).alone <= 1


def test_it_is_far_better_than_the_latest_of_the_same_source_and_than_words_of_the_title() -> None:
    found = measure(by_subject)
    for way in (latest_of_the_source, by_title_words):
        other = measure(way)
        assert found.precision > other.precision + 0.4
        assert found.recall > other.recall + 0.4
