"""The public suites of cases that stand beside the project, and what relay makes of each case.

A case that fails must be in ``left_out.toml`` with its reason, and one that is in there must fail.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import regex
import yaml

from relay.core.counting.addresses import addresses
from relay.core.counting.weighted import is_sendable, weighted
from relay.core.language.text import SpanKind, graphemes, spans
from relay.networks.bluesky import syntax

SUITES = Path(__file__).parents[3] / "shared" / "conformance"
LEFT_OUT = tomllib.loads((Path(__file__).parent / "left_out.toml").read_text())


@dataclass(frozen=True, slots=True)
class Case:
    """One case: where it stands, its name there, and whether relay does what it says."""

    suite: str
    name: str
    passes: bool


def cases() -> Iterator[Case]:
    """Every case of every suite; none in a stranger's clone."""
    if SUITES.is_dir():
        yield from _twitter()
        yield from _clusters()
        yield from _syntax()


def left_out() -> dict[tuple[str, str], str]:
    """The reason of each case that relay leaves out, by its suite and name; "*" is the whole suite."""
    return {
        (suite, name): one["why"]
        for one in LEFT_OUT["left_out"]
        for suite, names in one["cases"].items()
        for name in names
    }


def _twitter() -> Iterator[Case]:
    for file in ("validate", "extract"):
        groups = yaml.safe_load((SUITES / "twitter-text" / "conformance" / f"{file}.yml").read_text())["tests"]
        for group, listed in groups.items():
            check = _CHECKS.get(f"{file} {group}", _never)
            for number, case in enumerate(listed, 1):
                yield Case(f"{file} {group}", f"{number} {case['description']}", check(case))


def _weighs(case: dict[str, Any]) -> bool:
    weight = weighted(case["text"])
    valid = 0 < weight <= 280 and is_sendable(case["text"])
    return bool((weight, valid) == (case["expected"]["weightedLength"], case["expected"]["valid"]))


def _addressed(case: dict[str, Any]) -> bool:
    found = [one.text for one in addresses(case["text"])]
    return found == [one if isinstance(one, str) else one["url"] for one in case["expected"]]


def _is_address(case: dict[str, Any]) -> bool:
    return ([one.text for one in addresses(case["text"])] == [case["text"]]) is case["expected"]


def _marked(kind: SpanKind, key: str) -> Callable[[dict[str, Any]], bool]:
    def check(case: dict[str, Any]) -> bool:
        found = [(one.text[1:], [one.start, one.end]) for one in spans(case["text"]) if one.kind == kind]
        places = [place for _, place in found]
        names = [name for name, _ in found]
        expected = [{key: one} if isinstance(one, str) else one for one in case["expected"]]
        told = [one["indices"] for one in expected if "indices" in one]
        return names == [one[key] for one in expected] and told in ([], places)

    return check


def _never(_: dict[str, Any]) -> bool:
    return False


_CHECKS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "validate WeightedTweetsCounterTest": _weighs,
    "validate WeightedTweetsWithDiscountedEmojiCounterTest": _weighs,
    "validate UnicodeDirectionalMarkerCounterTest": _weighs,
    "validate urls_without_protocol": _is_address,
    "extract urls": _addressed,
    "extract urls_with_indices": _addressed,
    "extract urls_with_directional_markers": _addressed,
    "extract tco_urls_with_params": _addressed,
    "extract mentions": _marked("mention", "screen_name"),
    "extract mentions_with_indices": _marked("mention", "screen_name"),
    "extract hashtags": _marked("hashtag", "hashtag"),
    "extract hashtags_from_astral": _marked("hashtag", "hashtag"),
    "extract hashtags_with_indices": _marked("hashtag", "hashtag"),
}


def _clusters() -> Iterator[Case]:
    for line in (SUITES / "unicode" / "GraphemeBreakTest.txt").read_text().splitlines():
        case = line.partition("#")[0].strip()
        if case:
            parts = [
                "".join(chr(int(code, 16)) for code in one.replace("×", " ").split()) for one in case.split("÷")[1:-1]
            ]
            text = "".join(parts)
            yield Case("GraphemeBreakTest", case, regex.findall(r"\X", text) == parts and graphemes(text) == len(parts))


def _is_moment(text: str) -> bool:
    """The form in which relay writes ``createdAt`` is one of these; relay reads none."""
    form = r"(?!-|.*-00:00)[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](?:\.[0-9]{1,20})?(?:Z|[+-][0-2][0-9]:[0-5][0-9])"
    if not regex.fullmatch(form, text):
        return False
    try:
        return datetime.fromisoformat(regex.sub(r"\.[0-9]+", "", text)).utctimetuple().tm_year > 0
    except (ValueError, OverflowError):
        return False


_SYNTAX: dict[str, Callable[[str], bool]] = {
    "atidentifier": syntax.is_at_identifier,
    "aturi": lambda text: syntax.at_uri(text) is not None,
    "datetime": _is_moment,
    "did": syntax.is_did,
    "handle": syntax.is_handle,
    "language": syntax.is_language,
    "nsid": syntax.is_nsid,
    "recordkey": syntax.is_record_key,
    "tid": syntax.is_tid,
}


def _syntax() -> Iterator[Case]:
    for path in sorted((SUITES / "atproto-interop" / "syntax").glob("*.txt")):
        is_good = _SYNTAX[path.name.partition("_")[0]]
        for number, line in enumerate(path.read_text().split("\n"), 1):
            if line and not line.startswith("#"):
                yield Case(path.stem, f"{number} {line[:60]}", is_good(line) == path.stem.endswith("_valid"))
