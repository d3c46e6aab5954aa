"""Readers: processes of their own that read documents, from the disk or from the web part, and look at each."""

import gzip
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random

import brotli
import httpx
import zstandard

from tests.torn import ledger, site
from tests.torn.versions import version, wrong

PACKED: Mapping[str, tuple[str, Callable[[bytes], bytes]]] = {
    "br": (".br", brotli.decompress),
    "zstd": (".zst", lambda body: zstandard.ZstdDecompressor().decompress(body)),
    "gzip": (".gz", gzip.decompress),
}


@dataclass(frozen=True, slots=True)
class Task:
    """The folder of a run, the documents to be read, this reader's number, and the seconds between two reads."""

    folder: Path
    names: Sequence[str]
    number: int
    breath: float


@dataclass(slots=True)
class Seen:
    """What one reader has seen: how many reads, what was wrong, of each document the last version and ETag.

    ``tags`` are the digests of the bodies that came with each ETag.
    """

    reads: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    last: dict[str, int] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    def whole(self, name: str, body: bytes) -> None:
        """One document, of one version, and none before that of the last time."""
        self.count(wrong(name, body), name)
        of = version(body)
        self.count("older" if of < self.last.get(name, 0) else "", name)
        self.last[name] = of

    def count(self, what: str, name: str) -> None:
        """Nothing where ``what`` is empty."""
        if what:
            self.wrong[what] += 1
            self.told.append(f"{what}: {name}")


def read_files(task: Task) -> None:
    """As a web server that sends packed files where they are of the same moment."""
    seen, chance = Seen(), Random(task.number)  # noqa: S311  # chance, and no secret
    _until_ended(task, seen, lambda: _from_disk(task.folder / "feeds", chance, task.names, seen))


def read_pages(task: Task) -> None:
    """As a feed reader that keeps what it has, and takes any coding."""
    seen, chance = Seen(), Random(task.number)  # noqa: S311  # as above
    with httpx.Client(base_url=site.address(task.folder), trust_env=False, timeout=30) as http:
        _until_ended(task, seen, lambda: _from_site(http, chance, task.names, seen))


def _until_ended(task: Task, seen: Seen, read: Callable[[], None]) -> None:
    numbers = ledger.opened(task.folder)
    while numbers.goes_on():
        read()
        seen.reads += 1
        numbers.add_read(task.number)
        time.sleep(task.breath)
    found = {"reads": seen.reads, "wrong": seen.wrong, "told": seen.told[:5]}
    (task.folder / f"seen-{task.number}.json").write_text(json.dumps(found))


def _from_disk(feeds: Path, chance: Random, names: Sequence[str], seen: Seen) -> None:
    name, (suffix, unpack) = chance.choice(names), chance.choice(list(PACKED.values()))
    try:
        body, moment = _read(feeds / name)
        packed, other = _read(feeds / f"{name}{suffix}")
    except FileNotFoundError as error:
        seen.count("missing", str(error.filename))
        return
    seen.whole(name, body)
    try:
        twin = unpack(packed)
    except Exception:  # noqa: BLE001  # whatever each library says of half a file
        seen.count("torn" if packed else "empty", name + suffix)
        return
    seen.count(wrong(name, twin), name + suffix)
    if moment == other and twin != body:
        seen.count("unequal", name + suffix)


def _read(file: Path) -> tuple[bytes, int]:
    with file.open("rb") as opened:
        return opened.read(), os.fstat(opened.fileno()).st_mtime_ns


def _from_site(http: httpx.Client, chance: Random, names: Sequence[str], seen: Seen) -> None:
    name, coding = chance.choice(names), chance.choice(["identity", *PACKED])
    known = seen.kept.get(name, "") if chance.random() < 0.5 else ""
    asked = {"Accept": "*/*", "Accept-Encoding": coding, **({"If-None-Match": known} if known else {})}
    answer = http.get(f"/feeds/{name}", headers=asked)
    if answer.status_code == 304 and _version(answer.headers["etag"]) == _version(known):
        return
    if answer.status_code != 200:
        seen.count("missing" if answer.status_code == 404 else "refused", f"{name} ({answer.status_code})")
        return
    seen.whole(name, answer.content)
    _tagged(name, answer, seen)


def _tagged(name: str, answer: httpx.Response, seen: Seen) -> None:
    """The tag names these very bytes in this very coding, and never others."""
    tag, coding = answer.headers["etag"], answer.headers.get("content-encoding", "")
    digest = sha256(answer.content).hexdigest()
    if tag != f'"{digest[:32]}{f"-{coding}" if coding else ""}"' or seen.tags.setdefault(tag, digest) != digest:
        seen.count("mistagged", name)
    seen.kept[name] = tag


def _version(tag: str) -> str:
    """What it says but for the coding: who has a document in one has it (relay's ``is_current``)."""
    return tag.strip('"').partition("-")[0]
