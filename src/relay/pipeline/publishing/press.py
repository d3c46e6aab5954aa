"""What a feed is published with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from relay.core.feed import OutgoingFeed
from relay.pipeline.desk import Desk
from relay.publish.format import Format
from relay.publish.places import PLACES
from relay.storage.database import Database


@dataclass(frozen=True, slots=True)
class Press:
    """One feed, its ``folder``, and who makes it when; ``directory`` is a digest of who is who (``looks.whole``)."""

    db: Database
    desk: Desk
    feed: OutgoingFeed
    formats: Mapping[str, Format]
    folder: Path
    now: datetime
    directory: str

    def is_whole(self) -> bool:
        """Whether the main documents are there; whoever deleted one by hand may have deleted more."""
        return all((self.folder / PLACES[name].path).is_file() for name in self.feed.formats)
