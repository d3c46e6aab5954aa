"""The index of what others told: the likest first, none of another time or source, and it says what it does not know."""

from dataclasses import replace

from relay.core.identity.likest import Likest
from relay.core.identity.sameness import NEAR
from relay.core.post import Post
from tests.core.things import DAY, NOW, POST

WORDS = "un fonds de quarante millions rouvre les petites gares rurales fermées depuis vingt ans dans toute la région"
MORE = "chaque gare retenue devra accueillir au moins un service public, un commerce ou un atelier d’artisan du pays"
OTHER = "le conseil vote un budget de rigueur pour les écoles de la vallée et promet des travaux avant la rentrée"


def post(name: str, *texts: str, days: float = 0) -> Post:
    body = "".join(f"<p>{text}</p>" for text in texts)
    return replace(POST, id=f"tag:{name}", headline=texts[0], lead="", body_html=body, published=NOW - days * DAY)


def index(*posts: tuple[str, Post], most: int = 10) -> Likest:
    found = Likest(most)
    for number, (source_id, one) in enumerate(posts, start=1):
        found.put(number, source_id, one)
    return found


def test_the_likest_comes_first_and_of_two_as_like_the_earlier() -> None:
    found = index(
        ("a", post("some", WORDS, OTHER)),
        ("a", post("late", WORDS, MORE)),
        ("b", post("early", WORDS, MORE, days=1)),
        ("b", post("other", OTHER, OTHER)),
    )

    assert found.alike(post("new", WORDS, MORE), {"a", "b"}) == [3, 2, 1]


def test_only_the_sources_asked_for_and_the_time_about_it_count() -> None:
    far = NEAR / DAY + 1
    found = index(("a", post("own", WORDS)), ("b", post("theirs", WORDS)), ("b", post("far", WORDS, days=far)))

    assert found.alike(post("new", WORDS), {"b"}) == [2]


def test_what_is_taken_back_is_found_no_more() -> None:
    found = index(("a", post("one", WORDS)), ("a", post("two", WORDS)))
    found.drop(1)
    found.drop(7)
    found.put(2, "a", post("two", OTHER))

    assert found.alike(post("new", WORDS), {"a"}) == []
    assert found.alike(post("new", OTHER), {"a"}) == [2]


def test_it_knows_all_until_there_are_too_many() -> None:
    posts = [("ab"[days % 2], post(f"{days}", WORDS, days=days)) for days in range(4)]

    assert index(*posts, most=4).knows({"a"}, NOW - 9 * DAY, 2)
    full = index(*posts, most=3)
    assert full.knows({"a"}, NOW - 2 * DAY, 9)
    assert not full.knows({"a"}, NOW - 9 * DAY, 9)
    assert full.knows({"a"}, NOW - 9 * DAY, 2)


def test_long_texts_that_share_one_sentence_are_not_worth_being_read() -> None:
    """Of those of which a half stands in the other, one is; of short ones any that share something."""
    ours, theirs = ([f"{name} {n} rencontre {name} {n + 7} puis {name} {n * 3}" for n in range(60)] for name in "pq")
    found = index(
        ("a", post("sentence", "Un titre", WORDS, *theirs)),
        ("a", post("half", "Un titre", WORDS, *ours[:30], *theirs[:20])),
        ("a", post("short", WORDS)),
    )
    assert found.alike(post("new", "Un autre", WORDS, *ours), {"a"}) == [2, 3]


def test_one_is_worth_being_read_if_half_of_the_shorter_text_stands_in_the_other() -> None:
    ours, theirs = ([f"{name} {n} rencontre {name} {n + 7} puis {name} {n * 3}" for n in range(30)] for name in "pq")
    new = post("new", "Un titre", *ours)
    found = index(
        ("a", post("all", "Un titre", *ours)),
        ("a", post("cut", "Un titre", *ours[:9])),
        ("a", post("two thirds", "Un titre", *ours[:20], *theirs[:10])),
        ("a", post("a third", "Un titre", *ours[:10], *theirs[:20])),
    )

    assert {*found.alike(new, {"a"})} == {1, 2, 3, 4}
    assert [id for id in (1, 2, 3, 4) if found.may_tell(id, new)] == [1, 2, 3]
