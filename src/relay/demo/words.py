"""The words around the posts of a timeline, in the languages of its visitors."""

from dataclasses import dataclass
from datetime import datetime

from relay.demo.pages import ZONE
from relay.publish.labels import labels


@dataclass(frozen=True, slots=True)
class Words:
    """What the pages say. ``at`` takes a day and a time; ``posts`` is for none or many, ``post`` for one."""

    language: str
    title: str
    about: str
    notice: str
    imitates: str
    all_accounts: str
    post: str
    posts: str
    edited: str
    empty: str
    still: str
    at: str
    clock: str
    missing: str

    def time(self, moment: datetime) -> str:
        """The time of day."""
        return moment.astimezone(ZONE).strftime(self.clock)

    def moment(self, moment: datetime) -> str:
        """Day and time, written out."""
        return self.at.format(labels(self.language).day(moment.astimezone(ZONE)), self.time(moment))

    def count(self, number: int) -> str:
        """How many posts there are."""
        return f"{number} {self.post if number == 1 else self.posts}"


_FRENCH = Words(
    language="fr",
    title="Les réseaux d’essai",
    about="Ce que relay publie arrive ici, et nulle part ailleurs.",
    notice="Réseau d’essai : rien de ce que vous voyez n’a quitté cette machine.",
    imitates="à la manière de",
    all_accounts="Tous les comptes",
    post="message",
    posts="messages",
    edited="modifié",
    empty="Rien encore. Ce que vous approuverez paraîtra ici, sans recharger la page.",
    still="La démonstration ne répond plus : cette page n’est plus à jour.",
    at="{} à {}",
    clock="%H\u00a0h\u00a0%M",
    missing="Il n’y a pas de compte de ce nom.",
)
_ENGLISH = Words(
    language="en",
    title="Sandbox networks",
    about="What relay publishes arrives here, and nowhere else.",
    notice="A sandbox network: nothing that you see has left this machine.",
    imitates="in the manner of",
    all_accounts="All accounts",
    post="post",
    posts="posts",
    edited="edited",
    empty="Nothing yet. What you approve will appear here; there is no need to reload.",
    still="The demo no longer answers: this page is out of date.",
    at="{} at {}",
    clock="%H:%M",
    missing="There is no account of this name.",
)


def words(accept_language: str) -> Words:
    """English for whoever prefers it (RFC 9110 §12.5.4), else French."""
    weights = {"fr": 0.0, "en": 0.0}
    for asked in accept_language.lower().split(","):
        name, _, quality = asked.strip().partition(";q=")
        language = name.partition("-")[0]
        if language in weights:
            weights[language] = max(weights[language], _weight(quality))
    return _ENGLISH if weights["en"] > weights["fr"] or _is_first(accept_language, weights) else _FRENCH


def _is_first(accept_language: str, weights: dict[str, float]) -> bool:
    """Whether English is named before French at the same weight: so do browsers."""
    asked = accept_language.lower()
    return 0 < weights["en"] == weights["fr"] and asked.find("en") < asked.find("fr")


def _weight(quality: str) -> float:
    try:
        return float(quality) if quality else 1.0
    except ValueError:
        return 0.0
