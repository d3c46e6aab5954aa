"""G2 and G5 to G9 of the polling contract, as far as they are decisions: which change it is, and what is asked."""

from dataclasses import replace
from datetime import datetime

import pytest

from relay.core.entry import Identity, IdentityKind
from relay.core.identity.changes import DELUGE, FLOOD, REVISIONS, remarks
from relay.core.question import Kind
from tests.core.documents import decided, entry, kinds, known
from tests.core.things import DAY, NOW

NEWS = {"id": "7", "title": "Le budget de la ville est voté"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": "Des jardins partagés", "url": "https://a.fr/2", "published": NOW}, "new"),
        ({"title": "Des jardins partagés", "url": "https://a.fr/2", "published": None}, "new"),
        ({"title": "Des jardins partagés", "url": "https://a.fr/2"}, "edited"),
        ({"title": "Des jardins partagés", "published": NOW}, "edited"),
        ({"title": "Des jardins partagés", "url": None, "published": NOW}, "edited"),
        ({"title": "Le budget de la ville est enfin voté", "url": "https://a.fr/2", "published": NOW}, "edited"),
        ({"title": "Budget : la ville a voté", "url": "https://a.fr/2", "published": NOW}, "edited"),
        ({"title": "La ville au travail", "url": "https://a.fr/2", "published": None}, "edited"),
        ({"title": None, "url": "https://a.fr/2", "published": NOW}, "edited"),
    ],
)
def test_g6_a_guid_used_again_is_told_from_a_correction(changes: dict[str, object], expected: str) -> None:
    (stored,) = known(entry(1, **NEWS))
    old = replace(stored, title=NEWS["title"], published=entry(1).published)
    assert kinds([entry(1, **(NEWS | changes))], [old]) == [expected]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"id": "8", "title": "Des jardins partagés", "published": NOW}, "new"),
        ({"id": "8", "title": "Des jardins partagés"}, "edited"),
        ({"id": "8", "published": NOW}, "same"),
        ({"id": None, "title": "Des jardins partagés", "published": NOW}, "edited"),
    ],
)
def test_an_address_used_again_under_another_guid_is_told_from_a_correction(
    changes: dict[str, object], expected: str
) -> None:
    (stored,) = known(entry(1, **NEWS))
    old = replace(stored, title=NEWS["title"], published=entry(1).published)
    assert kinds([entry(1, **(NEWS | changes))], [old]) == [expected]


@pytest.mark.parametrize(("revisions", "expected"), [(0, "edited"), (REVISIONS - 1, "edited"), (REVISIONS, "frozen")])
def test_g2_an_entry_is_followed_for_so_many_revisions(revisions: int, expected: str) -> None:
    (stored,) = known(entry(1))
    assert kinds([entry(1, summary="Autre")], [replace(stored, revisions=revisions)]) == [expected]
    assert kinds([entry(1)], [replace(stored, revisions=revisions)]) == ["same"]


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ({"is_own": False, "is_here": False}, "shared"),
        ({"is_own": False, "is_here": True}, "same"),
        ({"is_own": True, "is_here": True}, "edited"),
    ],
)
def test_g7_the_words_of_the_first_source_are_kept(stored: dict[str, bool], expected: str) -> None:
    (one,) = known(entry(1))
    assert kinds([entry(1, summary="Autre")], [replace(one, **stored)]) == [expected]  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("renamed", "kept", "new", "expected"),
    [
        (3, 0, 0, Kind.RENAMED),
        (3, 0, 2, Kind.RENAMED),
        (2, 2, 0, Kind.RENAMED),
        (2, 0, 8, Kind.RENAMED),
        (1, 0, 1, Kind.RENAMED),
        (1, 0, 0, None),
        (1, 2, 0, None),
        (1, 2, 1, None),
        (0, 3, 1, None),
        (0, 1, FLOOD + 1, Kind.FLOOD),
        (0, FLOOD + 1, FLOOD + 1, None),
        (0, 9 * FLOOD, DELUGE + 1, Kind.FLOOD),
    ],
)
def test_what_a_document_asks(renamed: int, kept: int, new: int, expected: Kind | None) -> None:
    old = [entry(number) for number in range(renamed + kept)]
    fresh = [entry(number) for number in range(100, 100 + new)]
    parsed = [*fresh, *(replace(one, id=f"v2:{one.id}") for one in old[:renamed]), *old[renamed:]]
    changes = decided(parsed, known(*old))
    assert {change.asks for change in changes} == {expected}
    assert sum(change.is_backlog for change in changes) == (new if expected else 0)
    assert {change.asks for change in decided(parsed, known(*old), is_first=True)} == {None}


def test_names_of_an_entry_with_ever_new_guids_end() -> None:
    (stored,) = known(entry(1))
    guids = frozenset(Identity("guid", str(number)) for number in range(REVISIONS))
    full = replace(stored, identities=stored.identities | guids)
    (change,) = decided([entry(1, id="urn:encore")], [full])
    assert change.known_id == 1
    assert not any(name.kind == "guid" for name in change.identities)


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("guid", {"id": "urn:encore"}),
        ("url", {"url": "https://a.fr/1?session=encore"}),
        ("title", {"published": NOW}),
        ("title", {"title": "Titre encore"}),
    ],
)
@pytest.mark.parametrize(("held", "is_told"), [(REVISIONS - 1, True), (REVISIONS, False), (99 * REVISIONS, False)])
def test_names_of_every_kind_end(kind: IdentityKind, change: dict[str, object], held: int, *, is_told: bool) -> None:
    """With its own one an entry has one more: a feed that dates everything anew at every fetch is no reason to grow."""
    (stored,) = known(entry(1))
    names = frozenset(Identity(kind, str(number)) for number in range(held))
    (found,) = decided([entry(1, **change)], [replace(stored, identities=stored.identities | names)])
    told = found.identities - stored.identities

    assert found.known_id == 1
    assert {name.kind for name in told} == ({kind} if is_told else set())


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ([NOW + 2 * DAY], ("1 entry is dated in the future.",)),
        ([NOW + 2 * DAY, NOW + 3 * DAY], ("2 entries are dated in the future.",)),
        ([NOW + DAY, NOW, None], ()),
    ],
)
def test_g9_dates_in_the_future_are_said(published: list[datetime | None], expected: tuple[str, ...]) -> None:
    changes = decided([entry(number, published=moment) for number, moment in enumerate(published)])
    assert remarks(changes, NOW) == expected
