"""A file system for SQLite that does all it is asked, on real files, and writes it down."""

from pathlib import Path

import apsw

from tests.power.record import Cut, Record, Synced, Written

NAME = "recording"
_UNNAMED = 0
"""A temporary file of SQLite's own: nobody looks for it after a power cut."""
_JOURNALS = apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL


class Recording(apsw.VFS):
    """Registered for as long as it is kept."""

    def __init__(self, record: Record) -> None:
        self.record = record
        super().__init__(NAME, "unix")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> "RecordedFile":  # noqa: N802  # apsw's word
        return RecordedFile(self.record, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802, FBT001  # as above
        super().xDelete(filename, syncdir)
        self.record.deleted(Path(filename).name)
        if syncdir:
            self.record.events.append(Synced(_UNNAMED, with_folder=True))


class RecordedFile(apsw.VFSFile):
    """SQLite syncs the folder of a journal that it made with the journal's first sync (``unixSync``), and so it is told."""

    def __init__(self, record: Record, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._events = record.events
        self._is_new = bool(flags[0] & _JOURNALS) and Path(path or "").name not in record.names
        self._file = record.opened(Path(path).name) if path else _UNNAMED
        super().__init__("unix", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        if self._file:
            self._events.append(Written(self._file, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        if self._file:
            self._events.append(Cut(self._file, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        if self._file:
            self._events.append(Synced(self._file, with_folder=self._is_new))
            self._is_new = False
