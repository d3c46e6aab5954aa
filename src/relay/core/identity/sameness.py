"""Whether two posts of two sources tell the same news: the same communiqué, perhaps cut, or under another headline."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from difflib import SequenceMatcher

from relay.core.identity.gist import Gist, Word, gist
from relay.core.identity.marking import Marks, marks
from relay.core.identity.vocabulary import RUBRICS
from relay.core.post import Post

NEAR = timedelta(days=7)
"""Posts that are further apart are two pieces of news, whatever they say."""
LOOKED_AT = 5
"""So many posts are read whole, those likest by their marks: that bounds the time for one."""

SURE, COMMON = 24, 8
"""Where the fewer marks of two are so many, one in eight of them is in both, or they do not tell the same.

They are drawn of the shingles, of which half would have to be: in one pair of 50,000 chance is that far out.
"""
TITLE_WORDS, TITLE_LIKENESS = 4, 0.8
"""A title tells only if it has so many words that say something; two that share this much of them are one title."""
BESIDE_A_TITLE = 0.5
"""How much of the shorter text must stand in the longer under one title …"""
ALONE, LONG = 0.8, 40
"""… and under two, where it must have so many shingles at least: short texts need the title."""
NAMED = 5
"""… and name so many people, places and numbers: what a call for projects says fits every other."""
OPENING = 0.6
"""How much of one's opening must stand in the other, under two titles of each: what two share may stand below many."""
SPAN = 8
"""Words that stand in the place of at most so many others are put in their place; more are another passage."""
SLIPS = 0.03
"""The share of words that somebody who takes a text over puts in the place of others."""


def same(post: Post, others: Sequence[Post]) -> Post | None:
    """The one of ``others`` that tells the same news as ``post``; ``None`` is right where there is any doubt.

    Takes under a millisecond beside 1,000 posts whose marks are known, and some two for each of at most
    ``LOOKED_AT`` that are read whole.
    """
    own = marks(post)
    near = [other for other in _likest(post, others) if may_tell_it(own, marks(other))]
    mine = gist(post) if near else None
    return next((other for other in near if mine and _is_same(mine, gist(other))), None)


def _likest(post: Post, others: Sequence[Post]) -> list[Post]:
    """Those about the time of ``post`` that have most marks in common with it; of two as like the earlier."""
    own, first, last = marks(post).few, post.published - NEAR, post.published + NEAR
    near = ((marks(other).few, other) for other in others if first <= other.published <= last)
    counted = ((len(own & theirs), theirs, other) for theirs, other in near)
    shared = [(common, other) for common, theirs, other in counted if may_be_same(common, len(own), len(theirs))]
    shared.sort(key=lambda pair: (-pair[0], pair[1].published, pair[1].id))
    return [other for _, other in shared[:LOOKED_AT]]


def may_be_same(common: int, own: int, others: int) -> bool:
    """Whether posts with so many marks, and so many in ``common``, are worth being read whole."""
    fewer = min(own, others)
    return common > 0 and (fewer < SURE or common * COMMON >= fewer)


def may_tell_it(own: Marks, others: Marks) -> bool:
    """Whether as much of one text stands in the other as must under any titles: only then they are read word by word.

    Of a long text one word more is among its marks than is read then, and one shingle more.
    """
    smaller = min(len(own.text), len(others.text))
    return own.overlap(others) >= BESIDE_A_TITLE * (smaller - 1)


def _is_same(a: Gist, b: Gist) -> bool:
    smaller = min(len(a.shingles), len(b.shingles))
    if not smaller or _is_rubric(a) or _is_rubric(b) or _contradict(a, b):
        return False
    common = len(a.shingles & b.shingles) / smaller
    has_title = _is_one_title(a, b)
    if common < (BESIDE_A_TITLE if has_title else ALONE) or not (has_title or _is_telling(a, b)):
        return False
    openings = (_part(a.opening, b.shingles), _part(b.opening, a.shingles))
    begins = max(openings) if has_title else min(openings)
    return begins >= OPENING and not _is_template(a, b)


def _is_rubric(one: Gist) -> bool:
    title = f" {' '.join(word.text for word in one.title)} "
    return any(f" {rubric} " in title for rubric in RUBRICS)


def _part(some: frozenset[int], all_: frozenset[int]) -> float:
    return len(some & all_) / len(some) if some else 0.0


def _is_one_title(a: Gist, b: Gist) -> bool:
    common, every = a.key & b.key, a.key | b.key
    return len(common) >= TITLE_WORDS and len(common) >= TITLE_LIKENESS * len(every)


def _is_telling(a: Gist, b: Gist) -> bool:
    """Whether what both say is long, and about somebody or something: sentences that fit everywhere are not."""
    return min(len(a.shingles), len(b.shingles)) >= LONG and len(_sharp(a.text) & _sharp(b.text)) >= NAMED


def _contradict(a: Gist, b: Gist) -> bool:
    """Each title has a number that the other has not, or a number or a name that the other post has nowhere."""
    numbers = [{word.text for word in one.title if word.text.isdigit()} for one in (a, b)]
    if numbers[0] - numbers[1] and numbers[1] - numbers[0]:
        return True
    return bool(_sharp(a.title) - b.words and _sharp(b.title) - a.words)


def _is_template(a: Gist, b: Gist) -> bool:
    """The same sentences about something else: a name, a number or a word of the title stands in another's place."""
    slips = 0
    for ours, theirs in _replaced(a.text, b.text):
        if _sharp(ours) - _texts(theirs) and _sharp(theirs) - _texts(ours):
            return True
        mine, others = _content(ours) - _texts(theirs), _content(theirs) - _texts(ours)
        if mine & a.key and others & b.key and not mine & b.key and not others & a.key:
            return True
        slips += min(len(mine), len(others))
    return slips > 1 + SLIPS * min(len(a.text), len(b.text))


def _replaced(a: Sequence[Word], b: Sequence[Word]) -> Iterator[tuple[Sequence[Word], Sequence[Word]]]:
    """The words of ``a`` that stand in ``b`` in the place of others, with those."""
    if a == b:
        return
    matcher = SequenceMatcher(None, [word.text for word in a], [word.text for word in b], autojunk=False)
    for what, start, end, from_, to in matcher.get_opcodes():
        if what == "replace" and end - start <= SPAN and to - from_ <= SPAN:
            yield a[start:end], b[from_:to]


def _sharp(words: Sequence[Word]) -> set[str]:
    return {word.text for word in words if word.is_sharp}


def _content(words: Sequence[Word]) -> set[str]:
    return {word.text for word in words if word.is_content}


def _texts(words: Sequence[Word]) -> set[str]:
    return {word.text for word in words}
