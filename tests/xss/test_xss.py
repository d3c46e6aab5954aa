"""Whatever a source writes in whatever field, nothing of it runs anywhere, and no policy has to step in."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from relay.publish.templates import templates
from relay.web import pages
from relay.wiring import NETWORKS
from tests.edges.browsers import chromium
from tests.edges.newsroom import open_newsroom
from tests.feeds import editions
from tests.xss.feed import FIELDS, posts
from tests.xss.looking import Seen, embedded, judged, opened, watch
from tests.xss.outputs import Output, errors, published, shown
from tests.xss.payloads import payloads
from tests.xss.running import Plan, run

__all__ = ["chromium"]
pytestmark = pytest.mark.browser

SHORT = Plan(seed=0, in_rooms=14, opened=16, in_errors=18, in_previews=1, is_apart=False)


def test_no_payload_runs_in_any_output(chromium: Browser, tmp_path: Path) -> None:
    report = run(SHORT, chromium, tmp_path)
    assert report.wrong == []
    assert (report.payloads >= 150, len(FIELDS) >= 9, report.outputs > 3000, report.seen.pages >= 34) == (True,) * 4
    assert report.previews > len(NETWORKS)


def test_what_is_not_sanitised_is_found(chromium: Browser) -> None:
    """The harness can fail: the same posts, with a body that nobody has cleaned."""
    raw = [replace(one, body_html=payload) for one, payload in zip(posts(payloads(), ()), payloads(), strict=True)]
    seen, outputs = Seen(), [one for one in published(raw) if one.where.startswith("json")]
    embedded(chromium, outputs, seen)
    assert len(judged(chromium, outputs)) > 100
    assert (len(seen.ran) > 20, len(seen.canaries) > 5) == (True, True)


def test_what_is_not_escaped_is_found_and_its_policy_steps_in(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "templates", lambda package: templates(package).overlay(autoescape=False))
    seen, hostile = Seen(), errors('"><img src=x onerror=alert(1)>')
    with open_newsroom(tmp_path) as room, chromium.new_context() as context:
        assert judged(chromium, list(shown(room.editor(), hostile))) != []
        watch(context, seen, room.url)
        opened(context, [room.url + one for one in hostile], seen)
    assert (seen.ran, seen.violations != []) == ([], True)


def test_a_picture_of_another_site_is_found(chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A room that shows a source's picture where it stands: the policy steps in, which counts as wrong."""
    monkeypatch.setattr(pages, "linked", lambda markup, *_: markup)
    seen, hostile = (
        Seen(),
        replace(editions.post(0), id="a", slug="a", body_html='<img src="https://canary.example/a">'),
    )
    with open_newsroom(tmp_path) as room, chromium.new_context() as context:
        room.publish_entry(hostile)
        watch(context, seen, room.url)
        context.add_cookies([{"name": "relay", "value": room.editor().cookies["relay"], "url": room.url}])
        opened(context, [f"{room.url}/review/11"], seen)
    assert seen.violations


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "java\tscript:alert(1)", "\x01javascript:alert(1)", "data:text/html,x"]
)
def test_an_address_that_a_browser_reads_as_a_script_is_found(chromium: Browser, address: str) -> None:
    assert len(judged(chromium, [Output("here", f'<a href="{address}">x</a>', is_fragment=True)])) == 1


def test_no_script_can_make_markup_or_code_of_words(chromium: Browser, tmp_path: Path) -> None:
    """Trusted Types: what a mistake in a script of ours could do is refused by the browser."""
    with open_newsroom(tmp_path) as room, chromium.new_context() as context:
        context.add_cookies([{"name": "relay", "value": room.editor().cookies["relay"], "url": room.url}])
        page = context.new_page()
        page.goto(f"{room.url}/review")
        page.wait_for_load_state("load")
        attempt = "(code) => { try { CODE; return 'done'; } catch (wrong) { return wrong.name; } }"
        for code in (
            "document.body.innerHTML = '<b>x</b>'",
            "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')",
            "document.write('<b>x</b>')",
            "document.createElement('iframe').srcdoc = 'x'",
            "document.createElement('script').src = '/static/keys.js'",
            "document.createElement('script').text = '1'",
            "new DOMParser().parseFromString('<b>x</b>', 'text/html')",
            "trustedTypes.createPolicy('another', {})",
            "trustedTypes.createPolicy('relay', {})",
        ):
            assert page.evaluate(attempt.replace("CODE", code), "x") == "TypeError", code
