from tests.corpora.corpus import PROJECT
from tests.corpora.report import reasons


def test_the_page_on_reading_gives_every_reason() -> None:
    assert reasons() in (PROJECT / "docs" / "reading.md").read_text("utf-8")
