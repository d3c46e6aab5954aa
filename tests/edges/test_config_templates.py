"""What ``[templates.…]`` and the wording of a feed become; what is wrong with them is in ``broken_config``."""

from datetime import timedelta
from pathlib import Path

import pytest

from relay.config.load import load
from relay.core.feed import RelatedRule
from relay.core.form import Form, Line, line, lines
from tests.edges.configurations import ENVIRONMENT, NETWORKS, SOURCE, good, loaded

FEED = '[feeds.blog]\ntitle = "Blog"\nlink = "https://blog.example/"\n'
ENGLISH = Form(more=line("Read more…"), related=line("See also:"))


def form(tmp_path: Path, text: str, head: str = "") -> Form:
    return good(tmp_path, f"{head}{SOURCE}{text}").feeds[0].form


@pytest.mark.parametrize(
    ("head", "feed", "expected"),
    [
        ("", "", Form()),
        ("", 'language = "fr-CA"\n', Form()),
        ("", 'language = "en"\n', ENGLISH),
        ('language = "en"\n', "", ENGLISH),
        ('language = "en"\n', 'language = "fr"\n', Form()),
        ("", 'language = "de"\n', ENGLISH),
        ("", 'template = "en"\n', ENGLISH),
    ],
)
def test_a_feed_without_templates_has_the_form_of_its_language(
    tmp_path: Path, head: str, feed: str, expected: Form
) -> None:
    assert form(tmp_path, FEED + feed, head) == expected


def test_a_template_is_what_it_says_and_for_the_rest_what_it_starts_from(tmp_path: Path) -> None:
    text = """
    [templates.links]
    like     = "en"
    title    = "{title}"
    layout   = '''
    {lead:200} ({credit})

    {related:5}'''
    credit   = "via {source}"
    picture  = ""
    headline = "source"
    """
    expected = Form(
        title="{title}",
        layout=lines("{lead:200} ({credit})\n{related:5}"),
        credit=line("via {source}"),
        more=ENGLISH.more,
        related=ENGLISH.related,
        picture=Line(),
        headline="source",
    )
    assert form(tmp_path, f'{text}\n{FEED}template = "links"\n') == expected


def test_a_template_may_start_from_one_above_it(tmp_path: Path) -> None:
    text = '[templates.one]\nmore = "Lire"\n[templates.two]\nlike = "one"\nrelated = "Et :"\n'
    assert form(tmp_path, f'{text}{FEED}template = "two"\n') == Form(more=line("Lire"), related=line("Et :"))


def test_a_template_of_the_same_name_changes_the_one_that_comes_with_relay(tmp_path: Path) -> None:
    text = '[templates.fr]\nmore = "Lire la suite"\n'
    assert form(tmp_path, text + FEED) == Form(more=line("Lire la suite"))
    assert form(tmp_path, FEED) == Form()


def test_the_words_of_a_feed_go_before_those_of_its_template(tmp_path: Path) -> None:
    own = (
        'template = "court"\ntitle_template = "{title}"\nmore = "À lire chez {source}"\nrelated = { label = "Et :" }\n'
    )
    text = f'[templates.court]\ntitle = "{{source}}"\nmore = "Suite"\n{FEED}{own}'
    assert form(tmp_path, text) == Form(title="{title}", more=line("À lire chez {source}"), related=line("Et :"))


@pytest.mark.parametrize(
    ("layout", "related", "expected"),
    [("{lead}", "", 3), ("{lead}\\n{related:8}", "", 8), ("{lead}\\n{related:8}", "related = { max = 2 }\n", 2)],
)
def test_as_many_related_posts_are_looked_for_as_the_template_prints(
    tmp_path: Path, layout: str, related: str, expected: int
) -> None:
    text = f'{SOURCE}[templates.fr]\nlayout = "{layout}"\n{FEED}{related}'
    assert good(tmp_path, text).feeds[0].related == RelatedRule(expected, timedelta(days=90))


def test_a_template_that_no_feed_has_is_said_once(tmp_path: Path) -> None:
    found = loaded(tmp_path, f"{SOURCE}[templates.court]\n{FEED}")
    assert [(message.code, message.severity) for message in found.messages] == [("R125", "warning")]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("written", "place"),
    [
        ('"""\n{lead}\n  {oups}\n"""', (6, 3)),
        ("'''\n{lead}\n  {oups}'''", (6, 3)),
        ('"""{lead}\n{oups}"""', (5, 1)),
        ('"{lead}\\n\\u007Boups}"', (4, 19)),
        ('"""\n{lead} \\\n   \n  été {oups}"""', (7, 7)),
    ],
)
def test_the_caret_stands_under_the_field_however_the_text_is_written(
    tmp_path: Path, written: str, place: tuple[int, int], ends: str
) -> None:
    text = f'version = 1\nsources.a.url = "https://a.example/"\n[templates.fr]\nlayout = {written}\n{FEED}'
    file = tmp_path / "relay.toml"
    file.write_bytes(text.replace("\n", ends).encode())
    (message,) = load(file, ENVIRONMENT, NETWORKS).messages
    assert (message.code, message.line, message.column) == ("R012", *place)
    row, caret = message.snippet.split("\n")
    assert row[caret.index("^") :].startswith(("{oups}", "\\u007Boups}"))
