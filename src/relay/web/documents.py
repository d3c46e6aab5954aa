"""Which files are served, and as what."""

from pathlib import Path

from starlette.exceptions import HTTPException

MEDIA_TYPES = {
    "atom.xml": "application/atom+xml; charset=utf-8",
    "rss.xml": "application/rss+xml; charset=utf-8",
    "feed.json": "application/feed+json",
    ".html": "text/html; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
}
"""Only what is in this table is served: by the file's name, else by its ending."""


def find(folder: Path, path: str) -> Path:
    """The file at ``path`` inside ``folder``; 404 for anything else, whatever the path may try."""
    if "\0" in path or any(part.startswith(".") for part in path.split("/")):
        raise HTTPException(404)
    file = (folder / path).resolve()
    if not file.is_relative_to(folder.resolve()) or not _is_file(file) or media_type(file) is None:
        raise HTTPException(404)
    return file


def is_there(folder: Path, path: str) -> bool:
    """Whether ``find`` would find it."""
    try:
        find(folder, path)
    except HTTPException:
        return False
    return True


def media_type(file: Path) -> str | None:
    """The type a file is sent as, ``None`` for a file that is none of ours."""
    return MEDIA_TYPES.get(file.name) or MEDIA_TYPES.get(file.suffix)


def _is_file(file: Path) -> bool:
    """Whether it is there; a name that is too long for the system is not."""
    try:
        return file.is_file()
    except OSError:
        return False
