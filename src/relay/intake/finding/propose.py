"""Selectors for a page without a feed, proposed from what repeats on it: a person sees what each finds, and chooses."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree, html

from relay.core.document import ParsedFeed
from relay.core.source import Selectors
from relay.intake import dates
from relay.intake.finding.repeats import Group, repeats
from relay.intake.finding.scrape import compiled, scrape, words_of
from relay.intake.finding.tree import text_of, tree_of

MOST = 3
SAMPLE = 20
"""Elements of a group that are looked into."""

_USUAL = Selectors("")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TITLE = re.compile(r"titre|title|headline", re.IGNORECASE)
_SUMMARY = re.compile(r"chapo|summary|excerpt|intro|teaser|descri|resume|lead|accroche", re.IGNORECASE)
_NAME = re.compile(r"(?!.*\d{3})-?[A-Za-z_][\w-]{0,60}")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Selectors, and the page as they read it."""

    selectors: Selectors
    document: ParsedFeed


def propose(body: bytes, url: str, content_type: str | None = None) -> tuple[Proposal, ...]:
    """``MOST`` ways at most to read the page as a feed, the likeliest first; none where nothing looks like a list."""
    tree = tree_of(text_of(body, content_type))
    if tree is None:
        return ()
    etree.strip_elements(tree, "script", "style", "template", "noscript", with_tail=False)
    best: dict[frozenset[str | None], Proposal] = {}
    for selector, group in repeats(tree).items():
        selectors = _within(selector, group[:SAMPLE])
        found = Proposal(selectors, scrape(body, url, content_type, selectors))
        links = frozenset(entry.id for entry in found.document.entries)
        if _is_worth_showing(found, len(group)) and (links not in best or _worth(found) > _worth(best[links])):
            best[links] = found
    return tuple(sorted(best.values(), key=_worth, reverse=True)[:MOST])


def _within(selector: str, group: Group) -> Selectors:
    """The parts of an entry, as most elements of the group have them; the usual ones for what they have not."""
    found = replace(_USUAL, entry=selector)
    title = next(_shared(group, (*_HEADINGS, *_classes(group, _TITLE)), least=0.8), None)
    if title:
        link = next(_shared(group, (f"{title} a[href]",), least=0.8), found.link)
        found = replace(found, title=title, link=link)
    if date := _date(group):
        found = replace(found, date=date)
    return replace(found, summary=_summary(group, found.summary))


def _shared(group: Group, selectors: tuple[str, ...], least: float) -> Iterator[str]:
    """Those by which this share of the group has something to say."""
    for selector in selectors:
        select = compiled(selector)
        if sum(any(words_of(part) for part in select(element)) for element in group) >= least * len(group):
            yield selector


def _classes(group: Group, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """The classes within the group that are called so, the commonest first."""
    counted = Counter(
        f".{name}"
        for element in group
        for part in element.iterdescendants()
        for name in str(part.get("class") or "").split()
        if pattern.search(name) and _NAME.fullmatch(name)
    )
    return tuple(name for name, _ in counted.most_common(5))


def _date(group: Group) -> str | None:
    """``time``, or else the first kind of element that is a date and nothing more."""
    usual = next(_shared(group, ("time", "[class*=date]"), least=0.5), None)
    if usual:
        return usual
    kinds = Counter(kind for element in group for kind in {_kind(part) for part in _dated(element)})
    return next((kind for kind, count in kinds.most_common(1) if count >= 0.5 * len(group)), None)


def _dated(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for part in element.iter("span", "p", "div", "small", "em", "td", "dd"):
        words = words_of(part) if len(part) == 0 else None
        if words and len(words) <= 40 and any(sign.isdigit() for sign in words) and dates.parse(words):
            yield part


def _kind(element: html.HtmlElement) -> str:
    name = next((name for name in (element.get("class") or "").split() if _NAME.fullmatch(name)), "")
    return f"{element.tag}.{name}" if name else str(element.tag)


def _summary(group: Group, usual: str) -> str:
    """What says most, of the parts that are called a summary and of the paragraphs."""
    wanted = (*_classes(group, _SUMMARY), "p", *dict.fromkeys(_kind(part) for part in group[0].iter("p")))
    return max(_shared(group, wanted, least=0.5), key=lambda selector: _length(group, selector), default=usual)


def _length(group: Group, selector: str) -> int:
    """Characters of the first such part of each element; a long text is no better than one of some lines."""
    select = compiled(selector)
    firsts = (next((words for part in select(element) if (words := words_of(part))), "") for element in group)
    return sum(min(len(words), 300) for words in firsts)


def _is_worth_showing(found: Proposal, elements: int) -> bool:
    """Most elements are entries, and their titles differ and are more than a word or two."""
    entries = found.document.entries
    if found.document.error or len(entries) < 0.8 * elements:
        return False
    titles = {entry.title or "" for entry in entries}
    return len(titles) >= 0.8 * len(entries) and sum(map(len, titles)) >= 15 * len(titles)


def _worth(found: Proposal) -> tuple[float, bool, int, str]:
    """Dates and headings are what entries have and menus have not; then the plainest selector."""
    entries, selectors = found.document.entries, found.selectors
    dated = sum(entry.published is not None for entry in entries) / len(entries)
    told = sum(entry.summary is not None for entry in entries) / len(entries)
    headed = selectors.title != _USUAL.title
    worth = 3 * dated + 2 * headed + told + min(len(entries), 20) / 20
    return worth, selectors.entry == "article", -len(selectors.entry), selectors.entry
