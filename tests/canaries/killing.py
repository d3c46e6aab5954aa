"""A change of key that is killed at random moments, and what then still opens."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import sleep

from relay.storage.keys import Keyplace
from tests.canaries.turning import fill, unreadable
from tests.edges.opened import opened


@dataclass(frozen=True, slots=True)
class Killed:
    """How many were sealed, how often the change was killed, how many were unreadable afterwards, in all."""

    sealed: int
    kills: int
    unreadable: int


def kill(folder: Path, sealed: int, kills: int, chance: Random, *plant: str) -> Killed:
    """Seal so many, then kill the change of their key so often; counted after every kill."""
    place, lost, done = Keyplace(file=folder / "relay.key"), 0, 0
    with opened(folder) as db:
        fill(db, place, sealed)
        while done < kills and not lost:
            _turned(folder, chance, *plant)
            done += 1
            lost += unreadable(db, place)
    return Killed(sealed, done, lost)


def _turned(folder: Path, chance: Random, *plant: str) -> None:
    """One process that is killed, the third time or so that it changes the key, by SIGKILL."""
    command = [sys.executable, "-m", "tests.canaries.turning", str(folder), *plant]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:  # our own program
        assert child.stdout
        for _ in range(chance.randint(1, 3)):
            child.stdout.readline()
        sleep(chance.uniform(0, 0.6))
        child.kill()
