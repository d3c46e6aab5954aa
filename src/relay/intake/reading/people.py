"""Who wrote an entry or a feed, out of what feedparser made of their names and addresses."""

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

from relay.core.document import Person
from relay.intake.reading import fields

MOST = 50
"""Of one entry."""

_EMAIL = re.compile(r"(?:mailto:)?([^\s()<>@\"',;:]{1,64}@[^\s()<>@\"',;:]{1,255})")


def people(found: Mapping[str, Any], base: str) -> tuple[Person, ...]:
    """The authors of an entry or of a feed; one who is known by an address only is called by it."""
    details = [detail for detail in found.get("authors") or () if detail] or [found.get("author_detail") or {}]
    details = details[:MOST]
    if details == [{}] and not found.get("author"):
        return ()
    if len(details) == 1:
        details = [_reread(details[0], fields.clean(found.get("author"))[: fields.LONGEST_LINE])]
    return tuple(dict.fromkeys(_named(details, base)))


def _named(details: Iterable[Mapping[str, Any]], base: str) -> Iterable[Person]:
    """Each of them; feedparser gives an address to whoever comes after its owner without one."""
    owned: list[str] = []
    for detail in details:
        email = fields.line(detail.get("email"))
        if email and any(one.startswith(email) for one in owned):
            email = None
        owned += [email] if email else []
        url = fields.address(base, detail.get("href"))
        name = (fields.line(detail.get("name"), is_html=True) or "").removesuffix("(mailto:").rstrip() or email or url
        if name:
            yield Person(name, email, url)


def _reread(detail: Mapping[str, Any], written: str) -> Mapping[str, Any]:
    """RSS's "address (name)", where feedparser ends the address too early: at "indu" of "industries"."""
    written = html.unescape(written)
    found = _EMAIL.search(written)
    if not found or found[1] == detail.get("email"):
        return detail
    rest = written.replace(found[0], "").replace("()", "").replace("<>", "").strip()
    name = rest.removeprefix("(").removesuffix(")") if rest.startswith("(") else rest
    return {**detail, "name": name.strip(), "email": found[1]}
