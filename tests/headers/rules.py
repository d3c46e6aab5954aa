"""What every answer has to carry, and what no page may hold."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import httpx
from lxml import html

from relay.web import security

HTML = frozenset({security.PAGE, security.PUBLISHED})
FILES = frozenset({security.PAGE, security.PUBLISHED})
CONTAINED = frozenset({security.FEED, security.DATA})
ALIKE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": security.HEADERS["Permissions-Policy"],
}
HSTS = "strict-transport-security"


def wrong(answer: httpx.Response, public: str) -> list[str]:
    """Each thing that an answer of the site at ``public`` lacks, or has and should not."""
    is_https = public.startswith("https:")
    found = [
        f"{name}: {answer.headers.get(name)}" for name, value in ALIKE.items() if answer.headers.get(name) != value
    ]
    if (HSTS in answer.headers) != is_https:
        found.append(f"{HSTS}: {answer.headers.get(HSTS)}")
    found += [*_policy(answer), *_away(answer, public)]
    for cookie in answer.headers.get_list("set-cookie"):
        found += _cookie(cookie, is_https=is_https)
    return found + (list(inline(answer.text)) if _is_page(answer) else [])


def inline(page: str) -> Iterator[str]:
    """What a page of ours has in it that belongs into a file: scripts, styles, what acts on an event."""
    if not page.strip():
        return
    for element in html.document_fromstring(page).iter("*"):
        if (element.tag == "script" and not element.get("src")) or element.tag == "style":
            yield f"inline <{element.tag}>"
        for name, value in ((str(key), str(said)) for key, said in element.items()):
            if name.startswith("on") or name in {"style", "srcdoc"}:
                yield f"{name}= on <{element.tag}>"
            if name in {"href", "src", "action", "formaction"} and not _is_harmless(value):
                yield f"{name}={value}"


def _policy(answer: httpx.Response) -> Iterator[str]:
    """The class that its type calls for, once."""
    policies = answer.headers.get_list("content-security-policy")
    kind = answer.headers.get("content-type", "")
    if not kind:
        fitting = HTML | CONTAINED
    elif kind.startswith("text/html"):
        fitting = HTML
    else:
        fitting = FILES if kind.startswith(("text/css", "text/javascript")) else CONTAINED
    if len(policies) != 1 or policies[0] not in fitting:
        yield f"policy of {kind or 'nothing'}: {policies}"


def _away(answer: httpx.Response, public: str) -> Iterator[str]:
    """A redirect to another site, read as browsers read addresses: a backslash is a slash, and a tab is nothing."""
    written = answer.headers.get("location", "")
    read = written.replace("\\", "/").replace("\t", "").strip()
    there = urlsplit(urljoin(f"{public}/", read))
    if written and there.netloc not in {urlsplit(public).netloc, str(answer.url.netloc, "ascii")}:
        yield f"location: {written}"


def _cookie(cookie: str, *, is_https: bool) -> Iterator[str]:
    name, *said = (part.strip() for part in cookie.lower().split(";"))
    wanted = {"httponly", "path=/"} | ({"secure"} if is_https else set())
    if not wanted <= set(said) or not {"samesite=lax", "samesite=strict"} & set(said):
        yield f"cookie: {cookie}"
    if is_https != name.startswith("__host-") or any(one.startswith("domain=") for one in said):
        yield f"cookie's name: {cookie}"


def _is_page(answer: httpx.Response) -> bool:
    kind: str = answer.headers.get("content-type", "")
    return kind.startswith("text/html")


def _is_harmless(address: str) -> bool:
    return urlsplit(address.strip()).scheme in {"", "http", "https", "mailto"}
