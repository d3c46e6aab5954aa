"""A network in memory, behind the names that every network has: what is public there, and what became public wrongly."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from tests.machine.moods import MOODS, Mood

KINDS = ("keyed", "listed", "blind")
"""A post stands where its key says; a repeat is another post, and all can be read; the same, and nothing can be read."""
LATE = tuple(timedelta(seconds=seconds) for seconds in (5, 58, 20, 40))
"""After how long a call that was cut is done all the same."""
LAG = tuple(timedelta(seconds=seconds) for seconds in (0, 20, 5))
"""How long a list is behind."""


@dataclass(frozen=True)
class Post:
    """What is public in one place, since when; ``sent_as`` are its first words, by which it is known again."""

    place: str
    text: str
    sent_as: str
    link: str
    answers: str
    seen_from: datetime

    @property
    def identity(self) -> str:
        """Two posts with the same are one too many: first posts by what they lead to, others by what they answer."""
        return self.link or self.answers


Effect = Callable[[], None]


@dataclass
class FarEnd:
    """Its own clock runs true. ``check`` says what is wrong with publishing a text now; ``pause`` holds a worker up."""

    kind: str
    now: datetime
    check: Callable[[str], str]
    pause: Callable[[], None]
    mood: Mood = MOODS["well"]
    look: str = "well"
    is_shaky: bool = False
    """Whether who asks may not live to store the answer."""
    public: dict[str, Post] = field(default_factory=dict)
    pending: list[tuple[datetime, str, Effect]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    refused: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    """Links of posts of which a change or a withdrawal has not been answered."""
    missed: set[str] = field(default_factory=set)
    taken: int = 0
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def pass_(self, span: timedelta) -> None:
        """Time goes by, and what was late is done."""
        self.now += span
        self._land(lambda moment: moment <= self.now)

    def hurry(self) -> None:
        """What is late is done now, and shown."""
        self._land(lambda _: True)
        self.public = {place: replace(post, seen_from=self.now) for place, post in self.public.items()}

    def _land(self, is_time: Callable[[datetime], bool]) -> None:
        ready = [effect for moment, _, effect in self.pending if is_time(moment)]
        self.pending = [one for one in self.pending if not is_time(one[0])]
        for effect in ready:
            effect()

    def is_coming(self, link: str) -> bool:
        """Whether a call that was cut is still to be done there."""
        return any(one == link for _, one, _ in self.pending)

    def put(self, key: str, post: Post) -> str:
        """Publish it; where it stands. A keyed network knows a repeat, the others do not."""
        place = key if self.kind == "keyed" else f"{key}-{next(self.numbers)}"
        if place in self.public:
            if self.public[place].sent_as != post.text:
                self.wrong.append(f"put over another post: {post.text!r}")
            return place
        lag = LAG[self.taken % len(LAG)] if self.kind == "listed" else timedelta(0)
        self.public[place] = replace(post, place=place, seen_from=self.now + lag)
        self.taken += 1
        return place

    def change(self, place: str, text: str) -> None:
        """Other words in the same place, if there is anything."""
        if place in self.public:
            self.public[place] = replace(self.public[place], text=text)

    def later(self, link: str, effect: Effect) -> None:
        """Do it a while after the call was cut."""
        self.pending.append((self.now + LATE[len(self.calls) % len(LATE)], link, effect))

    def of(self, link: str) -> list[Post]:
        """All that is public of an entry: its first post, and what answers it."""
        found = [post for post in self.public.values() if post.link == link]
        for post in found:  # and what answers those that are found meanwhile
            found.extend(other for other in self.public.values() if other.answers == post.place)
        return found

    def reworded(self) -> set[str]:
        """What leads to where the first words are not shown any more."""
        firsts = [post for post in self.public.values() if post.link]
        return {first.link for first in firsts if any(post.text != post.sent_as for post in self.of(first.link))}

    def twice(self) -> list[str]:
        """What is public in two places."""
        return [name for name, number in Counter(post.identity for post in self.public.values()).items() if number > 1]

    def too_often(self) -> list[str]:
        """What was asked to be published again though no call for it had failed."""
        return [text for text, number in self.calls.items() if number > 1 + self.faults[text]]
