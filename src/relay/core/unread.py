"""A configuration that was to be taken and is not."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Unread:
    """``since`` when relay goes on with the one before, and ``why``: the first thing that is wrong with the new one."""

    since: datetime
    why: str
