"""How well pairs of posts that tell the same news are told from those that do not: ``python -m tests.sameness``."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

from relay.core.document import ParsedEntry
from relay.core.identity.sameness import same
from relay.core.normalise import Home, normalise
from relay.core.post import Post
from relay.core.source import Source
from tests.core.things import NOW

HERE = Path(__file__).parent
Pair = tuple[Post, Post]


@dataclass(frozen=True, slots=True)
class Figures:
    """The share of the merged pairs that are the same news; of the same, the share merged; headlines of the others."""

    precision: float
    recall: float
    wrong: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str], ...]


def measure() -> Figures:
    """Each pair beside the posts of all others, whichever of the two came first."""
    together, apart = labelled("same"), labelled("apart")
    every = [post for pair in (*together, *apart) for post in pair]
    missed = [pair for pair in together if not _merges(pair)]
    wrong = [pair for pair in apart if _merges(pair)]
    merged = len(together) - len(missed)
    assert len({post.id for post in every}) == len(every)
    return Figures(merged / (merged + len(wrong)), merged / len(together), _titles(wrong), _titles(missed))


def labelled(name: str) -> tuple[Pair, ...]:
    """The pairs of ``same.toml`` or of ``apart.toml``, as posts in the blog's format."""
    texts = _read("texts")
    return tuple(_pair(number, told, texts, name) for number, told in enumerate(_read(name)["pairs"]))


def _merges(pair: Pair) -> bool:
    one, other = pair
    return same(one, [other]) is not None or same(other, [one]) is not None


def _pair(number: int, told: Mapping[str, Any], texts: Mapping[str, Any], name: str) -> Pair:
    if "a" in told:
        return _post(f"{name}{number}a", *told["a"]), _post(f"{name}{number}b", *told["b"])
    first = texts[told["of"]]
    paragraphs = [told["text"]] if "text" in told else first["text"].strip().split("\n\n")[: told.get("keep", 9)]
    text = "\n\n".join(part for part in (told.get("before"), *paragraphs, told.get("after")) if part)
    for old, new in told.get("swap", ()):
        assert old in text, (told["of"], old)
        text = text.replace(old, new)
    one = _post(f"{name}{number}a", first["source"], first["title"], first["text"].strip())
    return one, _post(f"{name}{number}b", told["by"], told.get("title", first["title"]), text)


def _post(id: str, source: str, title: str, text: str) -> Post:
    markup = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.split("\n\n"))
    entry = ParsedEntry(id=id, url=f"https://{id}.exemple.fr/", title=title, content_html=markup, published=NOW)
    made = normalise(
        entry, Source(id, "https://exemple.fr/", f"Source : {source}"), Home("b.fr", "https://b.fr/"), id, (), NOW
    )
    return replace(made, published=NOW)


def _titles(pairs: Sequence[Pair]) -> tuple[tuple[str, str], ...]:
    return tuple((one.headline, other.headline) for one, other in pairs)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
