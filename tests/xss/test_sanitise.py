"""The corpus of hostile HTML beside the project, read by a real browser: all of it is safe, and no pass changes it."""

import json

import pytest
from playwright.sync_api import Browser

from relay.core.markup.html import sanitise
from tests.core.shared import shared
from tests.edges.browsers import chromium
from tests.xss.looking import Seen, embedded, judged
from tests.xss.outputs import Output

__all__ = ["chromium"]
pytestmark = pytest.mark.browser


def test_every_case_is_safe_and_stays_as_it_is(chromium: Browser, capsys: pytest.CaptureFixture[str]) -> None:
    cases = [json.loads(line) for line in shared("corpora/sanitize/cases.jsonl").read_text("utf-8").splitlines()]
    outputs = [Output(one["id"], sanitise(one["input"], one["base"]), is_fragment=True) for one in cases]
    again = [sanitise(made.html, one["base"]) for made, one in zip(outputs, cases, strict=True)]
    seen = Seen()
    embedded(chromium, outputs, seen)
    unsafe = judged(chromium, outputs)
    with capsys.disabled():
        print(f"\nsanitize: {len(cases) - len({one.partition(': ')[0] for one in unsafe})} of {len(cases)} safe")  # noqa: T201
    assert (unsafe, seen.wrong) == ([], [])
    assert [made.html for made in outputs] == again


def test_the_same_cases_as_they_are_written_are_not(chromium: Browser) -> None:
    cases = [json.loads(line) for line in shared("corpora/sanitize/cases.jsonl").read_text("utf-8").splitlines()]
    found = judged(chromium, [Output(one["id"], one["input"], is_fragment=True) for one in cases])
    assert len({one.partition(": ")[0] for one in found}) > 300
