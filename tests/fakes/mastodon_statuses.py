"""What becomes of a status that is posted or changed, as each dialect has it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from tests.fakes.mastodon_dialects import Dialect
from tests.fakes.mastodon_media import Shelf
from tests.fakes.mastodon_rendering import Stored

Problem = tuple[int, dict[str, str]] | None


def made(wanted: dict[str, Any], dialect: Dialect, moment: datetime) -> Stored:
    """Kept as Mastodon keeps it, without white space at the ends, under an identifier made of its moment."""
    title, warning = _warned(wanted, dialect)
    return Stored(
        id=str(int(moment.timestamp() * 1000) << 16),
        text=wanted.get("status", "").strip(),
        language=wanted.get("language", ""),
        visibility=wanted.get("visibility", "public"),
        created_at=moment,
        media=tuple(wanted.get("media_ids", ())),
        warning=warning,
        title=title,
        answers=wanted.get("in_reply_to_id"),
        quotes=wanted.get("quote_approval_policy"),
    )


def changed(status: Stored, wanted: dict[str, Any], dialect: Dialect) -> Stored:
    """All that is not said is gone, but visibility and what it answers: those stay."""
    title, warning = _warned(wanted, dialect)
    text, media = wanted.get("status", "").strip(), tuple(wanted.get("media_ids", ()))
    language, edited = wanted.get("language", status.language), status.edited + 1
    return replace(status, text=text, media=media, title=title, warning=warning, language=language, edited=edited)


def problem(wanted: dict[str, Any], dialect: Dialect, shelf: Shelf, known: Collection[str]) -> Problem:
    """The status and words with which a post is refused; ``known`` are the statuses that it can answer."""
    lacking = _lacking(wanted, dialect) or of_text(wanted, dialect)
    return (
        lacking or _of_visibility(wanted, dialect) or _of_media(wanted, dialect, shelf) or _lost(wanted, dialect, known)
    )


def of_text(wanted: dict[str, Any], dialect: Dialect) -> Problem:
    """Whether its words are too many."""
    told = dialect.problem(wanted.get("status", ""), wanted.get("spoiler_text", ""))
    return (dialect.too_long, {"error": f"Validation failed: {told}"}) if told else None


def _lacking(wanted: dict[str, Any], dialect: Dialect) -> Problem:
    if wanted.get("media_ids"):
        return None
    if dialect.needs_picture and "in_reply_to_id" not in wanted:
        return 403, {"message": "Empty statuses are not allowed"}
    return None if wanted.get("status", "").strip() else (422, {"error": "Validation failed: Text can't be blank"})


def _of_visibility(wanted: dict[str, Any], dialect: Dialect) -> Problem:
    is_known = wanted.get("visibility", "public") in dialect.visibilities
    return None if is_known else (400, {"error": "Direct visibility is not available."})


def _of_media(wanted: dict[str, Any], dialect: Dialect, shelf: Shelf) -> Problem:
    if told := shelf.problem(wanted.get("media_ids", [])):
        return (400, {"message": "Invalid media_ids"}) if dialect.needs_picture else (422, {"error": told})
    return None


def _lost(wanted: dict[str, Any], dialect: Dialect, known: Collection[str]) -> Problem:
    if not dialect.lost_reply or wanted.get("in_reply_to_id") in {None, *known}:
        return None
    return dialect.lost_reply, {"error": "The post you are trying to reply to does not appear to exist."}


def _warned(wanted: dict[str, Any], dialect: Dialect) -> tuple[str, str]:
    """Title and warning: Friendica makes one of the other unless it is told the title; Pixelfed wants a word."""
    title, warning = wanted.get("friendica", {}).get("title"), wanted.get("spoiler_text", "")
    if dialect.needs_picture and not wanted.get("sensitive"):
        return "", ""
    if not dialect.warning_is_title:
        return "", warning
    return (warning, "") if title is None else (title, warning)
