"""Weaker promises, each of which must be found out."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plant:
    """What ``synchronous`` relay's connections are made to have, and whether an attempt is a row before it is made."""

    synchronous: str = "FULL"
    journals: bool = True


PLANTS: Mapping[str, Plant] = {
    "": Plant(),
    "normal": Plant("NORMAL"),
    "off": Plant("OFF"),
    "unjournalled": Plant(journals=False),
}
