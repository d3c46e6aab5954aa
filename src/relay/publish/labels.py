"""The words around the posts that are relay's own, in the languages of its readers."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Labels:
    """What the pages say beside the posts, in one language. ``about`` takes the feed's title."""

    archive: str
    skip: str
    subscribe: str
    back: str
    empty: str
    about: str
    updated: str
    by_month: str
    earlier: str
    later: str
    left: str
    months: tuple[str, ...]
    first: str

    def day(self, moment: datetime) -> str:
        """A date as it is written out: "1er juin 2026"."""
        number = self.first if moment.day == 1 else str(moment.day)
        return f"{number} {self.month(moment)}"

    def month(self, moment: datetime) -> str:
        """A month and its year: "juin 2026"."""
        return f"{self.months[moment.month - 1]} {moment.year}"


_FRENCH = Labels(
    archive="Archives du blog",
    skip="Aller au contenu",
    subscribe="S’abonner",
    back="Toutes les archives",
    empty="Aucun billet pour l’instant.",
    about="Les billets de {}",
    updated="mis à jour le",
    by_month="Par mois",
    earlier="Plus anciens",
    later="Plus récents",
    left="Ce billet n’est plus publié ici.",
    months=tuple(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905  (twelve quoted words are harder to read)
    ),
    first="1er",
)
_ENGLISH = Labels(
    archive="Blog archive",
    skip="Skip to content",
    subscribe="Subscribe",
    back="The whole archive",
    empty="No posts yet.",
    about="Posts from {}",
    updated="updated on",
    by_month="By month",
    earlier="Older",
    later="Newer",
    left="This post is no longer published here.",
    months=tuple(
        "January February March April May June July August September October November December".split()  # noqa: SIM905  (twelve quoted words are harder to read)
    ),
    first="1",
)


def labels(language: str) -> Labels:
    """French for French in all its variants, else English. ``language`` is a BCP 47 tag."""
    return _FRENCH if language.partition("-")[0].lower() == "fr" else _ENGLISH
