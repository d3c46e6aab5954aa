"""What a link in a letter stands for: one person's one word on one cross-post, in exactly the words that were told."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from relay.core.crosspost import Crosspost


class Word(StrEnum):
    """What can be said by a link."""

    APPROVE = "approve"
    CHANGES = "changes"
    HOLD = "hold"
    REJECT = "reject"


LIFE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Errand:
    """``words`` is the digest of ``revision`` as it was told; ``mailbox`` that of the address it was written to.

    ``id`` is for one use, ``until`` in whole seconds.
    """

    id: str
    crosspost_id: int
    revision: int
    words: str
    word: Word
    person: str
    mailbox: str
    until: datetime


def digest_of(crosspost: Crosspost) -> str:
    """What a yes is for: the words, the picture and what it shows, and the time that somebody has chosen."""
    wanted = crosspost.wanted_at.astimezone(UTC).isoformat() if crosspost.wanted_at else ""
    told = json.dumps([crosspost.account, asdict(crosspost.draft), wanted], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:40]


def mailbox_of(address: str) -> str:
    """What stands for an address in a link, which may be read over somebody's shoulder."""
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()[:16]


def written(errand: Errand) -> str:
    """An errand as text; ``read`` reads it back."""
    own = [errand.id, errand.crosspost_id, errand.revision, errand.words]
    own += [errand.word, errand.person, errand.mailbox]
    return json.dumps([*own, int(errand.until.timestamp())], ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Errand | None:
    """The errand that is written, ``None`` where that is none."""
    try:
        *which, word, person, mailbox, until = json.loads(text)
        id, crosspost_id, revision, words = which
        until_ = datetime.fromtimestamp(until, UTC)
        return Errand(id, crosspost_id, revision, words, Word(word), person, mailbox, until_)
    except (ValueError, TypeError, OverflowError, OSError):
        return None
