"""Whether an expression holds for an entry or a post, and which part of it decided."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import assert_never

import regex

from relay.core.document import ParsedEntry
from relay.core.expression.tree import And, Comparison, Expression, Not, Or, wording
from relay.core.filtering.facts import Facts, of_entry
from relay.core.source import Source

PATIENCE = 0.25
"""Seconds of processor for one search: an honest expression takes thousandths, and no entry may hold up the others."""

MOST_TRIES = 5
"""Searches of one document that a comparison may lose so, before it counts as not found in the other entries."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``by`` is the smallest part that settles it, in its writer's words.

    ``slow`` are the comparisons whose search was given up: they count as if nothing was found.
    """

    holds: bool
    by: str
    slow: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a source's ``keep`` and ``drop`` make of an entry; ``why`` names the list, the rule and the part of it."""

    is_kept: bool
    why: str
    slow: tuple[str, ...] = ()


def matches(expression: Expression, facts: Facts) -> bool:
    """Whether it holds."""
    return verdict(expression, facts).holds


def verdict(expression: Expression, facts: Facts, hopeless: AbstractSet[str] = frozenset()) -> Verdict:
    """Whether it holds, and because of what. Parts are asked from the left, no further than needed.

    ``hopeless`` are comparisons, in their writer's words, that are given up unasked.
    """
    match expression:
        case Comparison():
            return _compared(expression, facts, hopeless)
        case Not(part):
            inner = verdict(part, facts, hopeless)
            return Verdict(not inner.holds, wording(expression), inner.slow)
        case And() | Or():
            return _joined(expression, facts, hopeless)
        case _:
            assert_never(expression)


def all_hold(rules: Sequence[Expression], facts: Facts) -> Verdict:
    """Every one of them; ``by`` is then empty, or else the part that does not hold."""
    slow: tuple[str, ...] = ()
    for rule in rules:
        one = verdict(rule, facts)
        slow += one.slow
        if not one.holds:
            return Verdict(holds=False, by=one.by, slow=slow)
    return Verdict(holds=True, by="", slow=slow)


def judge(entry: ParsedEntry, source: Source, hopeless: AbstractSet[str] = frozenset()) -> Judgement:
    """Any rule of ``drop`` leaves the entry out; where there is a ``keep``, one of its rules must take it."""
    facts = of_entry(entry, source)
    slow: tuple[str, ...] = ()
    for name, rules in (("drop", source.drop), ("keep", source.keep)):
        for rule in rules:
            one = verdict(rule, facts, hopeless)
            slow += one.slow
            if one.holds:
                return Judgement(name == "keep", f"{name}: {_told(rule, one)}", slow)
    if source.keep:
        return Judgement(is_kept=False, why="keep: no rule matches", slow=slow)
    return Judgement(is_kept=True, why="drop: no rule matches" if source.drop else "", slow=slow)


def judged(entries: Iterable[ParsedEntry], source: Source) -> Iterator[Judgement]:
    """Each entry of a document in turn; what was given up ``MOST_TRIES`` times is not searched for in the others."""
    tries: Counter[str] = Counter()
    for entry in entries:
        if entry.sketch:
            yield Judgement(is_kept=bool(entry.sketch.entry_id), why="as before")
            continue
        judgement = judge(entry, source, {said for said, count in tries.items() if count >= MOST_TRIES})
        tries.update(judgement.slow)
        yield judgement


def wanted(entries: Sequence[ParsedEntry], source: Source) -> list[ParsedEntry]:
    """Those of a document that the source's ``keep`` and ``drop`` do not leave out."""
    return [entry for entry, one in zip(entries, judged(entries, source), strict=True) if one.is_kept]


def _told(rule: Expression, one: Verdict) -> str:
    whole = wording(rule)
    return whole if one.by == whole else f"{whole} — by {one.by}"


def _joined(expression: And | Or, facts: Facts, hopeless: AbstractSet[str]) -> Verdict:
    settling = isinstance(expression, Or)
    slow: tuple[str, ...] = ()
    for part in expression.parts:
        one = verdict(part, facts, hopeless)
        slow += one.slow
        if one.holds is settling:
            return Verdict(settling, one.by, slow)
    return Verdict(not settling, wording(expression), slow)


def _compared(comparison: Comparison, facts: Facts, hopeless: AbstractSet[str]) -> Verdict:
    said = wording(comparison)
    if comparison.moment is not None:
        is_before = facts.published is not None and facts.published < comparison.moment
        return Verdict(facts.published is not None and is_before is (comparison.operator == "<"), said)
    values = facts.of(comparison.subject)
    if comparison.operator == "has":
        return Verdict(any(values), said)
    is_negated = comparison.operator.startswith("!")
    if comparison.operator.endswith("="):
        return Verdict(is_negated is not any(_folded(value) == _folded(comparison.operand) for value in values), said)
    found = None if said in hopeless else _found(comparison.operand, values)
    return Verdict(is_negated is not bool(found), said, (said,) if found is None else ())


def _found(pattern: str, values: Sequence[str]) -> bool | None:
    """Whether the pattern is in any of the texts, as written or with typewriter signs; ``None`` when given up."""
    try:
        readings = (reading for value in values for reading in dict.fromkeys((value, _plain(value))))
        # The time is the process's: a search that lets other threads work meanwhile would be given up for theirs.
        return any(regex.search(pattern, reading, timeout=PATIENCE, concurrent=False) for reading in readings)
    except TimeoutError:
        return None


_TYPEWRITER = str.maketrans({"\u2019": "'", "\u00a0": " ", "\u202f": " "})


def _plain(text: str) -> str:
    """With the apostrophe and the space of a keyboard: whoever writes a rule cannot know which a source has."""
    return text.translate(_TYPEWRITER)


def _folded(text: str) -> str:
    """Without capitals, accents, ligatures and typographic signs, one space for several."""
    bare = regex.sub(r"\p{M}", "", unicodedata.normalize("NFKD", _plain(text))).casefold()
    return " ".join(bare.replace("œ", "oe").replace("æ", "ae").split())
