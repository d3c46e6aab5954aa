"""rss2toot: a cache alone, ``rss2toot.dir``, with a name for each entry; what was asked for stood on its command line.

Python writes such a cache in the way of ``dbm.dumb`` where it has no other: the index is text, and the file beside it,
which holds a token and pickled objects, is never opened.
"""

import ast
from collections.abc import Sequence

from relay.core.identity.posted import Posted
from relay.intake.importing.imported import File, Imported, Left, each

HOW = "posted by rss2toot"
_OWN = frozenset({"client", "access_token"})


def read(files: Sequence[File]) -> Imported | Left:
    """Indexes of caches."""
    return each(files, _index)


def _index(file: File) -> Imported | Left:
    if file.base.endswith(".dat"):
        return Left(file.name, None, "this file holds the token: name the one beside it that ends in .dir")
    posted = []
    for number, line in enumerate(file.body.decode("latin-1").splitlines(), start=1):
        name = _name(line)
        if name is None:
            return Left(
                file.name, number, "this is no index of rss2toot's cache (rss2toot.dir, as Python's dbm.dumb writes it)"
            )
        if name and name not in _OWN:
            posted.append(Posted(HOW, guid=name, url=name if name.startswith(("http://", "https://")) else None))
    return Imported(
        posted=tuple(posted),
        left=(Left(file.name, None, "rss2toot keeps no feeds and no server: add those of its command line by hand"),),
    )


def _name(line: str) -> str | None:
    """The name in ``'name', (place, size)``; empty for a line without one, ``None`` for what is none."""
    if not line.strip():
        return ""
    try:
        found = ast.literal_eval(line)
        name = found[0].encode("latin-1").decode("utf-8", "replace")
    except (AttributeError, IndexError, MemoryError, RecursionError, SyntaxError, TypeError, UnicodeError, ValueError):
        return None
    return name if isinstance(name, str) and len(found) == 2 else None
