"""The collection of addresses that stands beside the project, and what relay should make of each."""

import json
from pathlib import Path
from typing import Any

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "corpora" / "ssrf" / "cases.jsonl"


def cases() -> list[dict[str, Any]]:
    """All of them; none where the collection is not on this machine."""
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()] if CASES.exists() else []


def names(case: dict[str, Any]) -> dict[str, list[list[str]]]:
    """What look-ups are told; a name that changes has had its first answer used up before."""
    turns = {name.lower(): each[-1:] for name, each in case["dns"].items()}
    return turns | {name.encode("idna").decode(): each for name, each in turns.items()}


def wanted(case: dict[str, Any]) -> bool:
    """Whether relay reaches it. Port 8080 may be fetched by others; relay wants it named in ``service.allow``.

    Where two @ confuse others about whose address it is, relay asks the host after the last, and that one is judged.
    """
    return (case["allow"] and ":8080" not in case["url"]) or case["url"] == "http://foo@127.0.0.1:80@example.org/"
