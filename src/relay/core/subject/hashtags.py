"""Hashtags: what the operator wants, what rules and categories say, and as each network takes them."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

import regex

from relay.core.directory.handles import Directory
from relay.core.language.stems import fold
from relay.core.language.stopwords import STOP_WORDS
from relay.core.language.text import graphemes, spans
from relay.core.post import Post

Origin = Literal["words", "categories", "directory"]

LONGEST = 40
"""Graphemes: a longer category or name makes no hashtag that anybody reads. What the operator wrote may be longer."""

_WORD = regex.compile(r"[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}]*+")
_JOIN = regex.compile(r"\p{Cf}+")
"""Soft hyphens and joiners: they stand inside words."""
_BETWEEN = regex.compile(r"\s*[,;|>]\s*|\s+[/&+–—-]\s+")
"""Some sources write several categories as one."""
_LETTER = regex.compile(r"\p{L}")
_ILLEGAL = regex.compile(r"[^\p{L}\p{M}\p{Nd}_]+")
_ILLEGAL_ON = {"linkedin": regex.compile(r"[^\p{L}\p{M}\p{Nd}]+")}
_MOST_ON = {"bluesky": (64, 640)}
"""Graphemes and bytes (``app.bsky.richtext.facet#tag``). The others take longer hashtags than anybody writes."""

_NAMELESS = frozenset(
    {
        "a la une", "a lire", "a noter", "a savoir", "accueil", "actu", "actualite", "actualites", "actus", "agenda",
        "article", "articles", "autre", "autres", "blog", "breve", "breves", "communique", "communique de presse",
        "communiques", "communiques de presse", "conseils", "divers", "document", "documents", "dossier", "dossiers",
        "en bref", "en direct", "evenement", "evenements", "exclusif", "fil info", "flash", "flash actu",
        "flash info", "flash sport", "general", "home", "info", "infos", "la une", "le point", "les titres", "misc",
        "miscellaneous", "news", "newsletter", "non classe", "non classee", "nouvelles", "press", "press release",
        "press releases", "presse", "publication", "publications", "rss", "sans categorie", "uncategorised",
        "uncategorized", "video", "videos",
    }
)  # fmt: skip
"""Categories, folded, that sort a site and name no subject."""


@dataclass(frozen=True, slots=True)
class Tagging:
    """``[hashtags]``. ``words``: a phrase, and the hashtags of the posts in whose title, lead or categories it stands.

    ``origins`` are those asked beside the source's own hashtags, ``never`` categories that make none. ``max`` is
    how many stand in one text, ``max_on`` the same for some networks.
    """

    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    origins: frozenset[Origin] = frozenset({"words", "categories"})
    never: tuple[str, ...] = ()
    max: int = 3
    max_on: Mapping[str, int] = field(default_factory=dict)


def said(post: Post, tagging: Tagging) -> tuple[str, ...]:
    """What the headline of ``post`` ends with: the source's own hashtags, all of them, then those of ``words``."""
    found = _of_words(post, tagging) if "words" in tagging.origins else ()
    own = _distinct(post.hashtags)
    return _distinct((*own, *found))[: max(tagging.max, len(own))]


def tagged(post: Post, network: str, tagging: Tagging, directory: Directory) -> Post:
    """``post`` with the hashtags for ``network``, the dearest first: what it is said to have, categories, bodies.

    ``max`` takes nothing of what is said; what the operator set for just this network does.
    """
    derived = (*_of_categories(post, tagging), *_of_bodies(post, network, tagging, directory))
    fit = _distinct(filter(None, (legal(tag, network) for tag in (*post.hashtags, *derived))))
    most = tagging.max_on.get(network, max(tagging.max, len(post.hashtags)))
    return replace(post, hashtags=fit[:most])


def fresh(tags: Sequence[str], text: str) -> tuple[str, ...]:
    """Those of ``tags`` ("#Ville") that ``text`` does not have as hashtags yet."""
    present = {fold(span.text[1:]) for span in spans(text) if span.kind == "hashtag"} if "#" in text else set()
    return tuple(tag for tag in tags if fold(tag[1:]) not in present)


def hashtag(words: str) -> str:
    """Words as one, without "#": "Égalité des territoires" → "ÉgalitéDesTerritoires"; empty if there is no letter.

    Accents and capitals inside words stay; hyphens, apostrophes and all other signs fall out, and begin a new word.
    """
    found = _WORD.findall(unicodedata.normalize("NFC", _JOIN.sub("", words)))
    shouted = len(found) > 1 and words.isupper()
    joined = "".join(_capitalised(word.lower() if shouted and not _is_acronym(word) else word) for word in found)
    return joined if _LETTER.search(joined) else ""


def legal(tag: str, network: str) -> str | None:
    """``tag`` as ``network`` marks it whole; ``None`` for what it would not mark at all."""
    kept = _ILLEGAL_ON.get(network, _ILLEGAL).sub("", unicodedata.normalize("NFC", tag))
    clusters, size = _MOST_ON.get(network, (None, None))
    if not _LETTER.search(kept) or (clusters and graphemes(kept) > clusters) or (size and len(kept.encode()) > size):
        return None
    return kept


def plain(phrase: str) -> str:
    """A phrase as it is looked for: words without case, accents and the "s" or "x" of a plural, a space around each."""
    return f" {' '.join([word.rstrip('sx') or word for word in _WORD.findall(fold(phrase))])} "


def _of_words(post: Post, tagging: Tagging) -> tuple[str, ...]:
    if not tagging.words:
        return ()
    text = "|".join(map(plain, (post.headline, post.lead, *post.categories)))
    return tuple(tag for phrase, tags in tagging.words if _sought(phrase) in text for tag in tags)


@lru_cache(maxsize=4096)
def _sought(phrase: str) -> str:
    """What the operator wrote, once for all entries."""
    return plain(phrase)


def _of_categories(post: Post, tagging: Tagging) -> Iterator[str]:
    if "categories" not in tagging.origins:
        return
    never = _NAMELESS.union(map(_name, (*tagging.never, *(post.author or "").split(", "))))
    for category in post.categories:
        if _name(category) not in never:
            yield from _made(part for part in _BETWEEN.split(category) if _name(part) not in never)


def _of_bodies(post: Post, network: str, tagging: Tagging, directory: Directory) -> Iterator[str]:
    """Of bodies that have no handle there: a handle says more than a hashtag."""
    if "directory" in tagging.origins:
        silent = (body_id for body_id in post.handles if not directory.handle(body_id, network))
        yield from _made(directory.mention(body_id, network) for body_id in silent)


def _made(names: Iterable[str]) -> Iterator[str]:
    return (tag for tag in map(hashtag, names) if tag and graphemes(tag) <= LONGEST)


def _name(category: str) -> str:
    return " ".join(_WORD.findall(fold(category)))


def _distinct(tags: Iterable[str]) -> tuple[str, ...]:
    """The first of those that differ by case or accents only: networks take them for one (Mastodon folds both)."""
    kept: dict[str, str] = {}
    for tag in tags:
        kept.setdefault(fold(tag), tag)
    return tuple(kept.values())


def _capitalised(word: str) -> str:
    return word[:1].upper() + word[1:]


def _is_acronym(word: str) -> bool:
    """Among capitals only, a short word that no sentence is made of is taken for one."""
    return len(word) <= 4 and fold(word) not in STOP_WORDS["fr"] | STOP_WORDS["en"]
