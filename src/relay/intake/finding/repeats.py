"""What repeats on a page: elements with one selector that each lead somewhere else, as the entries of a list do."""

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import html

FEWEST = 3
MOST = 200
MOST_GROUPS = 30
"""The likeliest groups; on a large page hundreds of selectors repeat."""

Group = Sequence[html.HtmlElement]

_NAME = re.compile(r"(?!.*\d{3})-?[A-Za-z_][\w-]{0,60}")
"""A class or id that was written by a person: numbers in it are those of one entry, or change with every release."""
_ENTRIES = ("article", "li", "div", "section", "tr", "a", "dt", "p")
_ELSEWHERE = ("nav", "footer")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def repeats(tree: html.HtmlElement) -> Mapping[str, Group]:
    """The elements of every selector that may be one of entries, the likeliest first, then in the page's order."""
    groups: dict[str, list[html.HtmlElement]] = {}
    for element in tree.iter(*_ENTRIES):
        for selector in dict.fromkeys(_selectors(element)):
            groups.setdefault(selector, []).append(element)
    likely = [(selector, group) for selector, group in groups.items() if _is_list(group)]
    likely.sort(key=lambda found: -_headed(found[1]))
    return dict(likely[:MOST_GROUPS])


def _selectors(element: html.HtmlElement) -> Iterator[str]:
    """The simplest first: by its class, by the class or id of what it stands in, by its name alone."""
    names = [name for name in (element.get("class") or "").split() if _NAME.fullmatch(name)]
    yield from (f"{element.tag}.{name}" for name in names)
    parent = element.getparent()
    if parent is not None:
        yield from (f"{place} > {element.tag}" for place in _places(parent))
    if element.tag == "article":
        yield "article"


def _places(parent: html.HtmlElement) -> Iterator[str]:
    if _NAME.fullmatch(own := parent.get("id") or ""):
        yield f"#{own}"
    yield from (f"{parent.tag}.{name}" for name in (parent.get("class") or "").split() if _NAME.fullmatch(name))
    if next(parent.iterancestors("main"), None) is not None:
        yield f"main {parent.tag}"


def _is_list(group: Group) -> bool:
    """Some elements, none within another, most of them leading somewhere else than the rest."""
    if not FEWEST <= len(group) <= MOST or any(element.tag in _ELSEWHERE for element in group[0].iterancestors()):
        return False
    inside = set(group)
    if any(ancestor in inside for element in group for ancestor in element.iterancestors()):
        return False
    return len({_first_link(element) for element in group} - {None}) >= max(FEWEST, len(group) * 0.8)


def _first_link(element: html.HtmlElement) -> str | None:
    return next((href for link in element.iter("a") if (href := link.get("href")) and not href.startswith("#")), None)


def _headed(group: Group) -> float:
    return sum(next(element.iter(*_HEADINGS), None) is not None for element in group) / len(group)
