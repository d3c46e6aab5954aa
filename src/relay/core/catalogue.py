"""What there is by name, each loaded when it is first looked up."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")


class Catalogue(Mapping[str, T]):
    """The ``names`` are known from the beginning; ``find`` gives what one stands for, and may take its time."""

    def __init__(self, names: tuple[str, ...], find: Callable[[str], T]) -> None:
        self._names, self._find = names, find

    def __getitem__(self, name: str) -> T:
        if name not in self._names:
            raise KeyError(name)
        try:
            return self._find(name)
        except KeyError as error:  # of what is broken in it, and not of a name that nothing has
            raise RuntimeError(f"{name} cannot be loaded") from error

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
