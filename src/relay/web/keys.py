"""What is done by a single key: the keys as they come, and a member's own in their place (WCAG 2.2, 2.1.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

COMES_AS: Mapping[str, str] = MappingProxyType(
    {
        "approve": "a",
        "approve_stay": "A",
        "edit": "e",
        "changes": "c",
        "hold": "h",
        "reject": "r",
        "undo": "u",
        "when": "s",
        "picture": "i",
        "alt": "t",
        "remark": "m",
        "diff": "d",
        "next": "j",
        "previous": "k",
        "select": "x",
        "select_to": "X",
        "search": "/",
        "go_review": "g q",
        "go_scheduled": "g s",
        "go_failed": "g f",
        "go_sent": "g p",
        "help": "?",
    }
)
"""Which key does what: one sign, or two with a space between, pressed one after the other."""
_TAKEN = frozenset("123456789")
"""The digits are the accounts of an entry."""
OFF = "off"
"""In the place of all keys: none does anything."""


class Unclear(Exception):
    """Keys that cannot be told apart, or that nobody can press; ``names`` are what they were to do."""

    def __init__(self, word: str, names: tuple[str, ...], key: str) -> None:
        super().__init__(word)
        self.word, self.names, self.key = word, names, key


@dataclass(frozen=True, slots=True)
class Keys:
    """A member's keys: ``own`` differ from those that come with relay; an empty one does nothing."""

    own: Mapping[str, str] = field(default_factory=dict)
    are_off: bool = False

    def __getitem__(self, name: str) -> str:
        """The key that does ``name``, empty where none does."""
        return "" if self.are_off or not name else self.own.get(name, COMES_AS.get(name, name))

    def chosen(self, name: str) -> str:
        """The key that would do ``name`` if keys are on."""
        return self.own.get(name, COMES_AS[name])


def read(typed: Mapping[str, str]) -> dict[str, str]:
    """The keys of a form that differ from those that come with relay; ``Unclear`` where two cannot be told apart."""
    chosen = {name: " ".join(typed.get(name, key).split()) for name, key in COMES_AS.items()}
    for name, key in chosen.items():
        _check(name, key)
    for name, key in chosen.items():
        _check_alone(name, key, chosen)
    return {name: key for name, key in chosen.items() if key != COMES_AS[name]}


def _check(name: str, key: str) -> None:
    signs = key.split(" ") if key else []
    if len(signs) > 2 or any(len(sign) != 1 or not sign.isprintable() for sign in signs):
        raise Unclear("keys.unclear.long", (name,), key)
    if _TAKEN.intersection(signs[:1]):
        raise Unclear("keys.unclear.digit", (name,), key)


def _check_alone(name: str, key: str, chosen: Mapping[str, str]) -> None:
    """Two on one key, or one whose key begins another's."""
    for other, its in chosen.items():
        if other != name and key and (its == key or its.startswith(f"{key} ")):
            raise Unclear("keys.unclear.two", (name, other), key)
