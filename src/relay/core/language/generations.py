"""What was found out about words, kept as long as they come again and again."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

Found = defaultdict[str, dict[str, str]]
"""Language → word → what was found out."""


class Generations:
    """At most ``most`` words of all languages together, in two halves.

    When the newer half is full it becomes the older one, and what that had and nobody asked for since is forgotten.
    No half is written to by another language's words, and none is emptied: other threads go on reading what they have.
    """

    def __init__(self, most: int) -> None:
        self.half = most // 2
        self.newer, self.older = Found(dict), Found(dict)

    def of(
        self, words: Collection[str], language: str, find: Callable[[Collection[str]], Iterable[str]]
    ) -> Mapping[str, str]:
        """What is known of each of ``words``, among others; ``find`` finds it out, for those that are new, in order."""
        known = self.newer[language]
        every = {*words}
        unseen = every.difference(known)
        if not unseen:
            return known
        if len(every) > self.half:  # a text that would push out all others
            return dict(zip(every, find(every), strict=True))
        if len(self) + len(unseen) > self.half:
            self.newer, self.older = Found(dict), self.newer
            known, unseen = self.newer[language], every
        before = self.older[language]
        known.update([(word, before[word]) for word in unseen & before.keys()])
        new = unseen.difference(before)
        known.update(zip(new, find(new), strict=True))
        return known

    def __len__(self) -> int:
        """The words of the newer half."""
        return sum(map(len, self.newer.values()))
