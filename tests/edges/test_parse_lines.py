"""Lines that would do something to whoever reads them: turn round what follows, or command a terminal."""

import pytest

from relay.core.document import ParsedEntry
from relay.intake.parse import parse
from tests.fakes.feed_documents import URL, json_feed, one


@pytest.mark.parametrize("control", ["\x81", "\x90", "\u202e", "\u2066", "&#x202e;", "&amp;#x202e;", "&#x90;"])
def test_a_title_turns_nothing_round_and_commands_no_terminal(control: str) -> None:
    assert one(f"<title>Un {control}titre</title>").title == "Un titre"


@pytest.mark.parametrize("name", ["author", "category"])
def test_no_other_line_does(name: str) -> None:
    entry: ParsedEntry = one(f"<{name}>Un \u202e\x9dnom</{name}>")
    assert [*entry.categories, *(person.name for person in entry.authors)] == ["Un nom"]


@pytest.mark.parametrize("title", ["L\x92été", "L&#x92;été", "L’été"])
def test_a_control_that_is_an_apostrophe_on_windows_is_one(title: str) -> None:
    assert one(f"<title>{title}</title>").title == "L’été"


def test_it_is_one_in_json_too() -> None:
    entry = json_feed('{"id":"1","title":"L\x92été","content_html":"<p>L\x92été</p>"}').entries[0]
    assert (entry.title, entry.content_html) == ("L’été", "<p>L’été</p>")


def test_windows_letters_are_decoded_before_controls_are_looked_for() -> None:
    text = (
        '<?xml version="1.0" encoding="iso-8859-1"?><rss><channel><title>L’été — «\xa0ici\xa0»</title></channel></rss>'
    )
    assert parse(text.encode("cp1252"), URL, None).title == "L’été — «\xa0ici\xa0»"


@pytest.mark.parametrize("mark", ["\u200e", "\u200f"])
def test_a_mark_of_direction_of_no_effect_on_others_stays(mark: str) -> None:
    assert one(f"<title>Un{mark} titre</title>").title == f"Un{mark} titre"
