"""Whether what stands around a name makes it that of somebody else: another country's, a local one, a thing."""

from collections.abc import Sequence

from relay.core.directory.homographs import ANOTHER, COUNTRIES, MEANS_ELSE
from relay.core.language.words import Word

STOPS = frozenset({".", ";", "!", "?"})
"""What ends a sentence, as words are told apart."""
_OF = frozenset({"de", "du", "des", "d"})
_ARTICLES = frozenset({"l", "la", "le", "les"})
_FAIRS = frozenset({"salon"})
"""Every department has its own: "le Salon des maires de l'Allier"; the one in Paris is everybody's."""


def is_another(words: Sequence[Word], first: int, end: int) -> bool:
    """Whether the name in ``words[first:end]`` is another body's by the words around it."""
    after = [word.folded for word in words[end : end + 1]]
    if after and after[0] in ANOTHER:
        return True
    owner = _owner(words, end)
    if owner and (owner.folded in COUNTRIES or _is_local(words[first], owner)):
        return True
    other = MEANS_ELSE.get(words[first].folded) if end == first + 1 else None
    return bool(other) and not frozenset(other or ()).isdisjoint(_sentence(words, first))


def _owner(words: Sequence[Word], end: int) -> Word | None:
    """Whose it is: the word behind "de", "du", "de la" and the like."""
    if end >= len(words) or words[end].folded not in _OF:
        return None
    behind = [word for word in words[end + 1 : end + 3] if word.folded not in _ARTICLES]
    return behind[0] if behind and behind[0].is_free else None


def _is_local(name: Word, owner: Word) -> bool:
    return name.folded in _FAIRS and owner.text[0].isupper() and owner.folded not in {"paris", "france"}


def _sentence(words: Sequence[Word], place: int) -> frozenset[str]:
    """The words of the sentence around a place."""
    start = max((at + 1 for at in range(place) if words[at].folded in STOPS), default=0)
    stop = next((at for at in range(place, len(words)) if words[at].folded in STOPS), len(words))
    return frozenset(word.folded for word in words[start:stop])
