"""The parts of an XML document in which mark-up is mark-up, and those in which it is text."""

from collections.abc import Iterator

_TEXTS = (("<![CDATA[", "]]>"), ("<!--", "-->"))


def sections(xml: str) -> Iterator[tuple[str, bool]]:
    """The document in parts, and of each whether it is mark-up: CDATA sections and comments are not (XML 1.0 §2.4)."""
    end = 0
    starts = [_next(xml, kind, 0) for kind in _TEXTS]
    while (first := min(starts)) < (len(xml), 0):
        start, close = first
        yield xml[end:start], True
        yield xml[start:close], False
        end = close
        starts = [
            found if found[0] >= end else _next(xml, kind, end) for found, kind in zip(starts, _TEXTS, strict=True)
        ]
    yield xml[end:], True


def _next(xml: str, kind: tuple[str, str], since: int) -> tuple[int, int]:
    """Where the next text of a kind starts and ends; beyond the document if there is none, or none that ends."""
    start = xml.find(kind[0], since)
    close = xml.find(kind[1], start + len(kind[0])) if start >= 0 else -1
    return (start, close + len(kind[1])) if close >= 0 else (len(xml), 0)
