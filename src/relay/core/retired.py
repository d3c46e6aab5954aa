"""A feed that is no longer published, as the configuration says farewell to its readers."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Retired:
    """One ``[retired.…]``; ``name`` is that of the folder the feed had.

    ``link`` is where its readers find more; before ``until`` (a day, UTC) they are sent there, from then on told.
    """

    name: str
    language: str
    link: str | None = None
    until: date | None = None
    message: str = ""

    def onward(self, path: str, today: date) -> str | None:
        """Where a reader of the document at ``path`` is sent; ``None`` for whoever is told that it is gone.

        A link that ends with a slash is a folder with the same documents.
        """
        if self.link is None or self.until is None or today >= self.until:
            return None
        return self.link + path if self.link.endswith("/") else self.link
