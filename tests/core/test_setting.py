"""No more of an entry is typeset than can be published, and never less."""

from relay.core.excerpt.article import paragraph
from relay.core.excerpt.setting import as_line, as_set
from relay.core.language.text import graphemes
from relay.core.markup.html import Block


def _size(blocks: list[Block]) -> int:
    return sum(graphemes(block.text) for block in blocks)


def test_what_is_far_behind_is_left_out() -> None:
    found = [paragraph(f"Phrase numéro {number}, avec l'apostrophe.") for number in range(100)]
    done = as_set(found, "fr", 200, 2_000)
    assert len(done) < 10
    assert _size(done) > 200
    assert all("l’apostrophe" in block.text for block in done)


def test_what_shrinks_is_made_up_for() -> None:
    found = [paragraph("Et ainsi de suite" + "..." + "." * 40) for _ in range(50)]
    done = as_set(found, "fr", 300, 2_000)
    assert _size(done) > 300


def test_a_short_entry_is_set_whole() -> None:
    found = [paragraph("L'un."), paragraph("L'autre.")]
    assert [block.text for block in as_set(found, "fr", 300, 2_000)] == ["L’un.", "L’autre."]
    assert as_set([], "fr", 300, 2_000) == []


def test_a_line_is_what_typesetting_its_text_gives() -> None:
    (bare, marked) = as_set(
        [paragraph("L'un : l'autre"), Block("p", "<p>L'<b>un</b> : l'autre</p>", "L'un : l'autre")], "fr", 300, 2_000
    )
    assert as_line(bare, "fr") == as_line(marked, "fr") == "L’un\u00a0: l’autre"
