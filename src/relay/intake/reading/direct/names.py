"""What feedparser calls the elements and attributes of a document: ``content_encoded`` for ``content:encoded``."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from relay.intake.reading.direct.namespaces import KNOWN
from relay.intake.reading.direct.unsure import Unsure

_DECLARED = re.compile(r"xmlns(?::([\w.-]{1,60}))?\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_XLINK = "http://www.w3.org/1999/xlink"
_OF_MODULES = frozenset(KNOWN.values()) - {""}
_USERLAND = "backend.userland.com/rss"
"""In whatever address it stands, feedparser takes it for RSS."""


class Names:
    """Of one document; raises ``Unsure`` where a prefix, or a namespace of nobody's, has more than one meaning."""

    def __init__(self, root: Any, xml: str) -> None:
        self._prefixes = _prefixes(root, xml)
        self._known: dict[str, tuple[str, bool]] = {}

    def of(self, tag: str) -> tuple[str, bool]:
        """Of a tag as lxml has it, ``{address}name``; and whether it is of the format itself, without a prefix."""
        known = self._known.get(tag)
        if known is None:
            address, _, local = tag[1:].rpartition("}") if tag[:1] == "{" else ("", "", tag)
            prefix = self._prefix(address).lower()
            known = self._known[tag] = (f"{prefix}_{local}".lower() if prefix else local.lower(), not prefix)
        return known

    def _prefix(self, address: str) -> str:
        lower = address.lower()
        found = "" if _USERLAND in lower else KNOWN.get(lower)
        return self._prefixes.get(address, "") if found is None else found

    def attributes(self, element: Any) -> dict[str, str]:
        """Its attributes, names in lower case; of another namespace under both of their names."""
        if not element.attrib:
            return {}
        found: dict[str, str] = {}
        items = element.attrib.items()
        if any(name[0] == "{" for name, _ in items):
            for name, value in items:
                found[self._attribute(name)] = value
        for name, value in items:
            found[self._written(name)] = value
        for name in ("rel", "type"):
            if name in found:
                found[name] = found[name].lower() or found[name]
        if "xmlns" in found:  # in other letters, which feedparser takes for a declaration
            raise Unsure
        return found

    def _attribute(self, name: str) -> str:
        address, _, local = name[1:].rpartition("}") if name[0] == "{" else ("", "", name)
        prefix = KNOWN.get(address.lower(), "") if address else ""
        return (f"{prefix}:{local}" if prefix else local).lower()

    def _written(self, name: str) -> str:
        if name[0] != "{":
            return name.lower()
        address, _, local = name[1:].rpartition("}")
        prefix = KNOWN.get(address.lower()) or self._prefixes.get(address, "unknown")
        return f"{prefix}:{local}".lower()


def _prefixes(root: Any, xml: str) -> Mapping[str, str]:
    """The prefixes of namespaces that feedparser does not know, by their addresses."""
    meanings: dict[str, str] = {}
    plain: set[str] = set()
    declared = _declarations(xml)
    if sum(address == _XLINK for _, address in declared) > (_XLINK in root.nsmap.values()):
        raise Unsure
    for prefix, address in declared:
        if "&" in address:
            raise Unsure
        if not prefix:
            plain.add(address)
        elif meanings.setdefault(prefix, address) != address:
            raise Unsure
    if len({prefix.lower() for prefix in meanings}) != len(meanings):
        raise Unsure
    return _of_others(meanings, plain)


def _of_others(meanings: Mapping[str, str], plain: set[str]) -> Mapping[str, str]:
    others: dict[str, str] = {}
    in_use = {KNOWN.get(address.lower()) for address in meanings.values()}
    for prefix, address in meanings.items():
        known = "" if _USERLAND in address.lower() else KNOWN.get(address.lower())
        if known is None:
            if address in plain or prefix in in_use or others.setdefault(address, prefix) != prefix:
                raise Unsure
        elif prefix in _OF_MODULES and prefix != known:
            raise Unsure
    return others


def _declarations(xml: str) -> Sequence[tuple[str, str]]:
    """Each prefix with its address, wherever the text has them: more than there are is no harm."""
    found = _DECLARED.findall(xml)
    if len(found) != xml.count("xmlns"):
        raise Unsure
    return [(prefix, double or single) for prefix, double, single in found]
