"""Debian's Chromium, looking at what came out: it says what would run, and what has run."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Dialog, Error, Page, Route

from tests.xss.outputs import Output
from tests.xss.payloads import CANARY

BLANK = "https://reader.example/"
JUDGE = """(outputs) => outputs.flatMap(([where, html, isFragment]) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const found = [];
  const own = (address) => new URL(address, document.baseURI).origin === location.origin;
  for (const one of page.querySelectorAll("*")) {
    const name = one.localName;
    if (name === "script" && (isFragment || one.text || !one.getAttribute("src")?.startsWith("/static/"))) found.push("<script>");
    if (["iframe", "object", "embed", "base", "style", "frame", "animate", "set", "foreignobject"].includes(name)) found.push(`<${name}>`);
    if (isFragment && ["svg", "math", "form", "input", "button", "link", "meta", "template", "textarea", "noscript"].includes(name)) found.push(`<${name}>`);
    if (one.getAttribute("http-equiv")) found.push("http-equiv");
    if (name === "form" && !own(one.getAttribute("action") ?? "")) found.push(`form to ${one.getAttribute("action")}`);
    if (name === "link" && one.rel.includes("stylesheet") && !own(one.href)) found.push(`style from ${one.href}`);
    for (const { name: key, value } of one.attributes) {
      if (key.startsWith("on") || ["style", "srcdoc", "ping"].includes(key)) found.push(`${key}= on <${name}>`);
      if (["href", "src", "action", "formaction", "xlink:href", "data", "poster"].includes(key)) {
        let scheme = "none";
        try { scheme = new URL(value, document.baseURI).protocol; } catch { scheme = "none"; }
        if (!["http:", "https:", "mailto:", "none"].includes(scheme)) found.push(`${key}=${scheme}`);
      }
    }
  }
  return found.map((one) => `${where}: ${one}`);
})"""
HOOKS = """
for (const name of ["alert", "prompt", "confirm", "print"]) window[name] = () => console.error("RAN " + name);
document.addEventListener("securitypolicyviolation", (event) => console.error(`CSP ${event.violatedDirective} ${event.blockedURI}`));
"""
PROVOKE = """() => {
  for (const one of document.querySelectorAll("*")) {
    for (const kind of ["mouseover", "focus", "blur", "toggle", "error", "load"]) one.dispatchEvent(new Event(kind));
  }
}"""


@dataclass(slots=True)
class Seen:
    """What one or several pages did that they must not."""

    pages: int = 0
    ran: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    canaries: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        """All of it."""
        return [*self.ran, *self.violations, *self.canaries]


def judged(browser: Browser, outputs: Sequence[Output]) -> list[str]:
    """What would run, or lead to a scheme that is none of the web's, once a browser has read it; nothing is run."""
    with _blank(browser) as page:
        rows = [[one.where, one.html, one.is_fragment] for one in outputs]
        found: list[str] = page.evaluate(JUDGE, rows)
    return found


def embedded(browser: Browser, outputs: Sequence[Output], seen: Seen) -> None:
    """Fragments put as they are into the page of a reader that has no policy at all."""
    for start in range(0, len(outputs), 200):
        html = "\n".join(one.html for one in outputs[start : start + 200])
        seen.pages += 1
        with _blank(browser, seen) as page:
            try:
                page.evaluate("(html) => { document.body.innerHTML = html; }", html)
                page.evaluate(PROVOKE)
                page.wait_for_timeout(100)
                _check_title(page, seen)
            except Error:
                seen.ran.append("the page was led away")


def opened(context: BrowserContext, addresses: Sequence[str], seen: Seen) -> None:
    """Each address opened as a page, and everything on it touched."""
    page = context.new_page()
    _listen(page, seen)
    for address in addresses:
        page.goto(address, wait_until="domcontentloaded")
        seen.pages += 1
        page.evaluate(PROVOKE)
        _check_title(page, seen)
    page.wait_for_timeout(300)
    page.close()


def watch(context: BrowserContext, seen: Seen, own: str) -> None:
    """No request leaves the machine: pictures of strangers are not there, and a canary is written down."""

    def answer(route: Route) -> None:
        host = urlsplit(route.request.url).netloc
        if host == urlsplit(own).netloc:
            route.continue_()
            return
        if host == CANARY and route.request.resource_type != "image":
            seen.canaries.append(f"asked {route.request.url}")
        route.abort()

    context.add_init_script(HOOKS)
    context.route("**/*", answer)


def _listen(page: Page, seen: Seen) -> None:
    page.on("console", lambda said: _note(said.text, seen))
    page.on("dialog", lambda dialog: _dismiss(dialog, seen))


def _dismiss(dialog: Dialog, seen: Seen) -> None:
    seen.ran.append(f"RAN {dialog.type}")
    dialog.dismiss()


def _note(said: str, seen: Seen) -> None:
    if said.startswith("RAN "):
        seen.ran.append(said)
    elif said.startswith("CSP ") or "Content Security Policy" in said:
        seen.violations.append(said)


def _check_title(page: Page, seen: Seen) -> None:
    if page.title() == "taken":
        seen.ran.append(f"title of {page.url}")


@contextmanager
def _blank(browser: Browser, seen: Seen | None = None) -> Iterator[Page]:
    with browser.new_context() as context:
        watch(context, seen or Seen(), BLANK)
        context.route(BLANK, lambda route: route.fulfill(body="<!doctype html><body>", content_type="text/html"))
        page = context.new_page()
        if seen:
            _listen(page, seen)
        page.goto(BLANK)
        yield page
