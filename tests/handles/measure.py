"""How well bodies are found in French sentences: ``python -m tests.handles``."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from relay.config.shipped import shipped
from relay.core.directory.handles import Directory, found_in

NETWORKS = ("bluesky", "linkedin", "mastodon", "x")
DIRECTORY = Directory(shipped("fr", NETWORKS))


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a reader finds named in it."""

    text: str
    bodies: frozenset[str]


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the bodies found, the share that is right; of those named, the share that was found; and each mistake."""

    sentences: int
    named: int
    precision: float
    recall: float
    mistakes: tuple[str, ...]


SETS = ("sentences", "independent")
"""The second was written by another hand, without looking at how names are found."""


def sentences(name: str = "sentences") -> Iterator[Sentence]:
    """A labelled set, in its order."""
    for line in Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8").split("\n"):
        text, bar, bodies = line.rpartition(" | ")
        if bar and not line.startswith("#"):
            yield Sentence(text, frozenset(bodies.split()) - {"-"})


def measure(name: str = "sentences") -> Figures:
    """Each body counts once in a sentence."""
    labelled = tuple(sentences(name))
    found = [frozenset(one.body for one in found_in(sentence.text, DIRECTORY)) for sentence in labelled]
    right = sum(len(sentence.bodies & bodies) for sentence, bodies in zip(labelled, found, strict=True))
    named = sum(len(sentence.bodies) for sentence in labelled)
    mistakes = (_mistake(sentence, bodies) for sentence, bodies in zip(labelled, found, strict=True))
    return Figures(
        sentences=len(labelled),
        named=named,
        precision=right / sum(map(len, found)),
        recall=right / named,
        mistakes=tuple(filter(None, mistakes)),
    )


def _mistake(sentence: Sentence, bodies: frozenset[str]) -> str:
    wrong, missed = sorted(bodies - sentence.bodies), sorted(sentence.bodies - bodies)
    parts = [f"wrong {', '.join(wrong)}"] if wrong else []
    parts += [f"missed {', '.join(missed)}"] if missed else []
    return f"{'; '.join(parts)}: {sentence.text}" if parts else ""
