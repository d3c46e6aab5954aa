"""What a source changed in an entry, word by word, since somebody last said yes to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from relay.core.entry import Entry
from relay.core.markup.html import to_text
from relay.core.post import Post
from relay.storage.earlier import Earlier
from relay.web.differing import Change, changes, shortened


@dataclass(frozen=True, slots=True)
class Edits:
    """``at`` is when the last change was read, ``times`` how many are told at once."""

    at: datetime
    times: int
    headline: tuple[Change, ...]
    text: tuple[Change, ...]
    has_picture: bool

    @property
    def is_empty(self) -> bool:
        """Whether readers would see no difference: an address changed, or a category."""
        return not (self.has_picture or _differs(self.headline) or _differs(self.text))


def edits(entry: Entry, known: Sequence[Earlier], since: datetime | None) -> Edits | None:
    """From what stood at ``since`` to what stands now; the last change where there was none after that."""
    after = [one for one in known if since and one.until > since] or list(known[-1:])
    if not after:
        return None
    before, now = after[0].post, entry.post
    return Edits(
        at=after[-1].until,
        times=len(after),
        headline=changes(before.headline, now.headline),
        text=shortened(changes(_text(before), _text(now))),
        has_picture=(before.picture and before.picture.url) != (now.picture and now.picture.url),
    )


def _text(post: Post) -> str:
    return f"{post.lead}\n\n{to_text(post.body_html)}".strip()


def _differs(found: Sequence[Change]) -> bool:
    return any(one.kind != "same" for one in found)
