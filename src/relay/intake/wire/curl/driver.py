"""One thread that makes the exchanges of others, who wait for them: none of theirs is woken for a line or a piece."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from relay.intake.wire.address import WebAddress
from relay.intake.wire.exchange import Ended, Exchanges, Headers, Reply

LONG = 60.0
"""Seconds after which it is looked again whether something has ended; the one who asks wakes the thread."""
ENDING = 1.0
"""Seconds for which the end waits for those that are under way."""


@dataclass(eq=False, slots=True)
class _Wish:
    url: WebAddress
    headers: Headers
    left: float
    told: "SimpleQueue[Reply | Exception]"


class Driver:
    """``made`` is called for the exchanges when first they are needed; close it at the end."""

    def __init__(self, made: Callable[[], Exchanges]) -> None:
        self._made, self._lock = made, Lock()
        self._hand: _Hand | None = None

    def get(self, url: WebAddress, headers: Headers, left: float) -> Reply | Exception:
        """What it has come to; the caller waits."""
        wish = _Wish(url, headers, left, SimpleQueue())
        with self._lock:
            self._hand = self._hand or self._begun()
            self._hand.hear(wish)
        return wish.told.get()

    def _begun(self) -> "_Hand":
        new = _Hand(self._made(), self._ended)
        try:
            new.start()
        except BaseException:
            new.exchanges.close()
            raise
        return new

    def _ended(self, hand: "_Hand") -> None:
        """If it has broken off, nobody waits for it for ever, and the next begins anew."""
        with self._lock:
            self._hand = None if self._hand is hand else self._hand
        hand.tell_off()

    def close(self) -> None:
        """Whoever waits still gets their answer."""
        with self._lock:
            hand, self._hand = self._hand, None
            if hand:
                hand.hear(None)
        if hand:
            hand.join(ENDING)


class _Hand(Thread):
    """It makes what it hears of, until that is ``None``; ``over`` is called at its end."""

    def __init__(self, exchanges: Exchanges, over: "Callable[[_Hand], None]") -> None:
        super().__init__(name="relay-exchanges", daemon=True)
        self.exchanges, self._over = exchanges, over
        self._wishes: SimpleQueue[_Wish | None] = SimpleQueue()
        self._under_way: set[_Wish] = set()

    def hear(self, wish: _Wish | None) -> None:
        """From any thread."""
        self._wishes.put(wish)
        self.exchanges.wake()

    def run(self) -> None:
        try:
            with closing(self.exchanges):
                self._make()
        finally:
            self._over(self)

    def tell_off(self) -> None:
        """Those who still wait, when nobody asks it any more."""
        while not self._wishes.empty():
            if wish := self._wishes.get():
                self._under_way.add(wish)
        for wish in self._under_way:
            wish.told.put(RuntimeError("the thread that makes exchanges has broken off"))

    def _make(self) -> None:
        """Until it is ended, and what was under way has ended too."""
        is_ending = False
        while self._under_way or not is_ending:
            is_ending |= self._taken()
            _tell(self.exchanges.done(LONG), self._under_way)

    def _taken(self) -> bool:
        """Begin what was asked for, and wait for it where nothing is under way; whether that was the last."""
        try:
            while wish := self._wishes.get(block=not self._under_way):
                self._under_way.add(wish)
                self.exchanges.start(wish, wish.url, wish.headers, wish.left)
        except Empty:
            return False
        return True


def _tell(ended: Sequence[Ended], under_way: set[_Wish]) -> None:
    """A function of its own: the thread holds no answer while it waits for the next."""
    for wish, said in ended:
        assert isinstance(wish, _Wish)
        under_way.remove(wish)
        wish.told.put(said)
