from dataclasses import fields

from relay.core.document import ParsedEntry, ParsedFeed
from relay.intake.shape import as_json
from tests.fakes.feed_documents import rss


def test_the_shape_has_every_field_and_times_in_utc() -> None:
    shape = as_json("a.xml", rss("<title>t</title><pubDate>Mon, 15 Jan 2024 10:00:00 +0100</pubDate>"))
    assert set(shape) == {"file", "ok", "error", "repaired", "format", "feed", "entries"}
    assert isinstance(shape["entries"], list)
    assert shape["entries"][0]["published"] == "2024-01-15T09:00:00Z"
    own = {"article_html", "mark", "sketch", "pictures"}  # relay's own notes; and of `pictures` the first is `picture`
    read = {field.name for field in fields(ParsedEntry)} - own
    assert len(shape["entries"][0]) == len(read)


def test_the_shape_of_a_failure_says_why() -> None:
    shape = as_json("-", ParsedFeed(error="This document is empty."))
    assert (shape["ok"], shape["error"], shape["entries"]) == (False, "This document is empty.", [])
