"""Names of bodies and people found in a text: whole words, whatever the accents, the elision and the plural.

A tree of folded words is walked once over the words of the text: the cost grows with it, not with the names.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from relay.core.directory.homographs import HOMOGRAPHS
from relay.core.directory.namesakes import STOPS, is_another
from relay.core.language.stems import fold
from relay.core.language.words import Word, folded, tokens
from relay.core.language.words import words as words_of

Standing = Literal["name", "acronym", "former"]

_ARTICLES = {
    "le": frozenset({"le", "du", "au"}),
    "la": frozenset({"la"}),
    "l": frozenset({"l"}),
    "les": frozenset({"les", "des", "aux"}),
}
_HEADS = frozenset({"ministere", "secretariat"})
"""What is said once for several: "les ministères de la Culture et de la Justice"."""
_LONG_WORD = 3
_LONG_NAME = 5
"""Words: in small letters throughout, nothing so long is anything but the name."""
_NOT_FRANCE = frozenset({"en", "la", "une", "cette", "notre", "votre", "toute"})
_NATIONAL = frozenset({"national", "nationale"})
_IN_CHARGE = frozenset({"en", "charge", "chargee"})
"""What may stand between a ministry and what it is for."""


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write a body: a name ("le Cnam" counts only behind le, du, au), an acronym, a name it had before."""

    text: str
    body: str
    standing: Standing = "name"


@dataclass(frozen=True, slots=True)
class Found:
    """A body, and where the text names it (code points, half-open)."""

    body: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """The names that begin with the words on the way here: those that end here, and the ways on."""

    ends: list[tuple[Name, frozenset[str]]] = field(default_factory=list)
    ways: dict[str, "Node"] = field(default_factory=dict)


def tree(names: Iterable[Name]) -> Node:
    """All names, ready to be looked for."""
    root = Node()
    for name in names:
        words = folded(name.text)
        articles = _ARTICLES.get(words[0], frozenset()) if len(words) > 1 else frozenset()
        node = root
        for word in words[1:] if articles else words:
            node = node.ways.setdefault(word, Node())
        node.ends.append((name, articles))
    return root


def find(text: str, root: Node) -> tuple[Found, ...]:
    """The bodies that ``text`` names, in its order: the longest name at each place, none inside another.

    What could be two bodies is neither.
    """
    words = words_of(text) if _may_name(text, root) else ()
    found: list[Found] = []
    place = 0
    while place < len(words):
        bodies, end = _at(words, place, root)
        if len(bodies) == 1:
            found.append(Found(bodies[0], words[place].start, words[end - 1].end))
        place = end
    return tuple(found)


def _may_name(text: str, root: Node) -> bool:
    """Whether a name may begin anywhere: most texts have none, and words with all that is known of them cost more."""
    return any(map(_beginning(root), tokens(text)))


@lru_cache(maxsize=4)
def _beginning(root: Node) -> Callable[[str], bool]:
    """Whether a name may begin with a word as it is written. The same words come again and again."""
    return lru_cache(maxsize=4096)(lambda written: not root.ways.keys().isdisjoint(_numbers(fold(written))))


def _at(words: Sequence[Word], place: int, root: Node) -> tuple[Sequence[str], int]:
    """Which bodies the longest name at a place stands for, and where it ends; none, and the next place."""
    told = _walked(words, place, place, root)
    if told[0] or not _is_joined(words, place):
        return told
    heads = (root.ways.get(head) for head in sorted(_HEADS) if _said_before(words, place, head))
    shared = (_walked(words, place, place, head) for head in heads if head)
    return max((*shared, told), key=lambda one: one[1])


def _walked(words: Sequence[Word], first: int, place: int, node: Node) -> tuple[Sequence[str], int]:
    """Every way through the tree that the words take, the longest that ends in a name."""
    best: tuple[Sequence[str], int] = ((), first + 1)
    nodes = [node]
    for at in range(place, len(words)):
        if not words[at].is_free:
            break
        if at > first and words[at].folded in _IN_CHARGE and _is_in_charge(words, at):
            continue
        nodes = [way for one in nodes for form in _forms(words[at]) if (way := one.ways.get(form))]
        if not nodes:
            break
        ends = [end for one in nodes for end in one.ends]
        if bodies := _bodies(ends, words, first, at + 1):
            best = (bodies, at + 1)
    return best


def _forms(written: Word) -> tuple[str, ...]:
    """The word, and the singular it may be the plural of; acronyms have none."""
    is_acronym = written.text.isupper() and not written.is_shouted
    return (written.folded,) if is_acronym else _numbers(written.folded)


def _numbers(word: str) -> tuple[str, ...]:
    """A folded word, and what it is the plural of, if it is one."""
    if len(word) <= _LONG_WORD or not word.endswith(("s", "x")):
        return (word,)
    return (word, word[:-1], f"{word[:-3]}al") if word.endswith("aux") else (word, word[:-1])


def _bodies(ends: Iterable[tuple[Name, Collection[str]]], words: Sequence[Word], first: int, end: int) -> Sequence[str]:
    """The bodies whose name is written here as it must be: by article before without, today's before former names."""
    held = [(name, bool(articles)) for name, articles in ends if _is_written(name, articles, words, first, end)]
    told = [name for name, by_article in held if by_article] or [name for name, _ in held]
    now = [name for name in told if name.standing != "former"] or told
    return tuple(dict.fromkeys(name.body for name in now))


def _is_written(name: Name, articles: Collection[str], words: Sequence[Word], first: int, end: int) -> bool:
    word = words[first]
    before = words[first - 1].folded if first else ""
    if (articles and before not in articles) or is_another(words, first, end):
        return False
    if word.folded == "france" and before in _NOT_FRANCE:
        return False
    is_one = end == first + 1
    if is_one and word.folded in HOMOGRAPHS and (word.is_shouted or (word.is_first and not word.text.isupper())):
        return False
    if name.standing == "acronym" or (name.standing == "former" and name.text.isupper()):
        return "".join(one.text for one in words[first:end]).isupper()
    written = name.text.split(maxsplit=1)[-1] if articles and " " in name.text else name.text
    return word.text[0].isupper() or _is_long(words, first, end) or not (written[0].isupper() or is_one)


def _is_long(words: Sequence[Word], first: int, end: int) -> bool:
    """Whether so many words in small letters are nothing but the name: "un agent de l'office national des forêts"."""
    return end - first >= _LONG_NAME - (words[min(first + 1, end - 1)].folded in _NATIONAL)


def _is_in_charge(words: Sequence[Word], at: int) -> bool:
    before = words[at - 1].folded
    return before in _HEADS or (before == "en" and words[at - 2].folded in _HEADS)


def _is_joined(words: Sequence[Word], place: int) -> bool:
    """Whether a second name may begin here, whose head was said with the first: behind "et" or a comma."""
    return place > 1 and words[place].folded in {"de", "du", "des", "d"} and words[place - 1].folded in {"et", ","}


def _said_before(words: Sequence[Word], place: int, head: str) -> bool:
    """Whether ``head`` stands in the plural, in the same sentence and not far before."""
    for word in reversed(words[max(0, place - 24) : place]):
        if word.folded in STOPS:
            return False
        if word.folded == f"{head}s":
            return True
    return False


def conflicts(names: Iterable[Name]) -> Mapping[str, tuple[str, ...]]:
    """The forms that several bodies have now, each with its bodies: they are never guessed."""
    held: dict[str, dict[str, str]] = {}
    for name in names:
        if name.standing != "former":
            form = " ".join(folded(name.text))
            held.setdefault(form, {}).setdefault(name.body, name.text)
    return {next(iter(texts.values())): tuple(texts) for texts in held.values() if len(texts) > 1}
