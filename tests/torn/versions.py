"""The unit of truth: every entry and every feed says which version it is of, and a document is of one."""

import re

_MARK = re.compile(rb"version (\d{6})")
_ENDS = {
    ".xml": (b"</feed>", b"</rss>"),
    ".opml": (b"</opml>",),
    ".json": (b"}",),
    ".html": (b"</html>",),
    ".css": (b"}",),
}


def marked(words: str, version: int) -> str:
    """Words that say it."""
    return f"{words} version {version:06}"


def wrong(name: str, body: bytes) -> str:
    """``empty``, ``torn`` or ``mixed``; nothing where the document is whole."""
    if not body:
        return "empty"
    ending = next(ends for suffix, ends in _ENDS.items() if name.endswith(suffix))
    if not body.rstrip().endswith(ending):
        return "torn"
    return "mixed" if len(set(_MARK.findall(body))) > 1 or not (_MARK.search(body) or name.endswith(".css")) else ""


def version(body: bytes) -> int:
    """The version of a document; 0 for one that says none."""
    found = _MARK.search(body)
    return int(found[1]) if found else 0
