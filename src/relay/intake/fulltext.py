"""The article behind an entry, for a source whose feed gives only its beginning. robots.txt is obeyed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

import httpx

from relay.core.document import ParsedEntry
from relay.core.markup.blocks import blocks
from relay.core.markup.html import first_picture, to_text
from relay.intake.finding.tree import text_of, tree_of
from relay.intake.reading import fields
from relay.intake.wire.page import Page, get_page
from relay.intake.wire.robots import Robots

MISSING = "`fulltext` needs a library that is not installed: pip install 'relay[fulltext]'."
LONGEST = 500_000
"""Characters of a page that the extractor looks at, those of scripts and styles apart; a longer one is cut."""
MOST_ELEMENTS = 10_000
"""Of such a page."""
DEEPEST = 100
"""Elements within one another; beyond that a page is no article, and the extractor goes up all of them for each."""
_NOTHING = "No article was found on {url}: the entry is as its feed has it."
_HEADINGS = ("h1", "h2", "h3")
_UNREAD = re.compile(
    r"<(script|style)\b(?![^<>]{0,200}ld\+json)[^<>]*(?<!/)>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
"""What no reader sees, and is most of many a page; an article may be in JSON-LD."""
_ELEMENT = re.compile("<(?!/)")


@dataclass(frozen=True, slots=True)
class Completed:
    """The entry, and why it has no more than its feed gave, where that is so."""

    entry: ParsedEntry
    note: str | None = None


def article(entry: ParsedEntry, page: Page) -> Completed:
    """``entry`` with the article of the page behind it, read here and now."""
    try:
        read = _short(text_of(page.body, page.content_type))
        found = None if _is_deep(read) else _extracted(read, page.url)
    except ImportError:
        return Completed(entry, MISSING)
    except Exception as error:  # noqa: BLE001  # the library is fed by strangers: one page stops no other
        return Completed(entry, f"{page.url} cannot be read ({type(error).__name__}).")
    content = _without_title(fields.markup(found, page.url) or "", entry.title or "")
    if len(to_text(content)) <= len(to_text(entry.content_html or entry.summary or "")):
        return Completed(entry, _NOTHING.format(url=page.url))
    return Completed(replace(entry, content_html=content, picture=entry.picture or first_picture(content, page.url)))


def complete(
    http: httpx.Client,
    robots: Robots,
    entry: ParsedEntry,
    read: Callable[[ParsedEntry, Page], Completed] = article,
) -> Completed:
    """``entry`` with the article as its content: one request, beside that for robots.txt. Whatever fails leaves it."""
    if not entry.url:
        return Completed(entry)
    refusal = robots.refusal(entry.url)
    page = get_page(http, entry.url) if refusal is None else None
    if isinstance(page, Page) and page.url != entry.url:
        refusal = robots.refusal(page.url)
    if refusal or page is None:
        return Completed(entry, refusal)
    return read(entry, page) if isinstance(page, Page) else Completed(entry, page.why)


def _short(page: str) -> str:
    """The beginning of a page, as much as the extractor can do."""
    read = (_UNREAD.sub("", page) if len(page) > LONGEST else page)[:LONGEST]
    end = next(islice(_ELEMENT.finditer(read), MOST_ELEMENTS, None), None)
    return read[: end.start()] if end else read


def _is_deep(page: str) -> bool:
    tree = tree_of(page)
    elements = () if tree is None else tree.iter()
    return any(next(islice(element.iterancestors(), DEEPEST, None), None) is not None for element in elements)


def _extracted(page: str, url: str) -> str | None:
    """The article as HTML; the library takes a second to load, and is there only where somebody asked for it."""
    import trafilatura  # noqa: PLC0415  # see above

    return trafilatura.extract(
        page,
        url=url,
        output_format="html",
        include_comments=False,
        include_formatting=True,
        include_images=True,
        include_links=True,
    )


def _without_title(content: str, title: str) -> str:
    """The headline stands above the article already."""
    parts = blocks(content)
    is_told = bool(parts) and parts[0].tag in _HEADINGS and parts[0].text.casefold() == title.casefold()
    return "\n".join(part.html for part in parts[is_told:])
