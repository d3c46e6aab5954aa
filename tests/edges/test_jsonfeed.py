from datetime import UTC, datetime

from relay.core.document import ParsedEntry
from tests.fakes.feed_documents import json_feed


def test_a_json_feed_is_read() -> None:
    item = '{"id":7,"url":"/a","title":"Un titre","content_html":"<p>Texte</p>","date_published":"2024-01-15T10:00:00+01:00"}'
    feed = json_feed(item)
    assert (feed.format, feed.title, feed.language) == ("json11", "Le flux", "fr")
    assert feed.entries == (
        ParsedEntry(
            id="7",
            url="https://www.exemple.fr/a",
            title="Un titre",
            content_html="<p>Texte</p>",
            published=datetime(2024, 1, 15, 9, tzinfo=UTC),
            language="fr",
        ),
    )


def test_a_json_feed_s_plain_text_becomes_paragraphs() -> None:
    entry = json_feed('{"id":"1","content_text":"Un < deux\\n\\nTrois"}').entries[0]
    assert entry.content_html == "<p>Un &lt; deux</p><p>Trois</p>"


def test_what_is_of_a_wrong_type_in_a_json_feed_is_as_good_as_absent() -> None:
    entry = json_feed(
        '{"id":null,"title":[1],"url":7,"tags":"x","authors":[1],"attachments":{"url":1},"image":{}}'
    ).entries[0]
    assert entry == ParsedEntry(id=None, url=None, title=None, language="fr")
