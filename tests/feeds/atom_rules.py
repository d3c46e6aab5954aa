"""What the validator says of Atom documents (RFC 4287, RFC 5005)."""

from datetime import datetime

from tests.feeds.shared_rules import ATOM, Rule, Tree, is_sufficient, repeats, self_links, texts

_HISTORY = "{http://purl.org/syndication/history/1.0}"
_OF_HISTORY = {"current", "prev-archive", "next-archive", "first", "last", "next", "previous"}
_REGISTERED = _OF_HISTORY | {
    "alternate", "collection", "edit", "edit-media", "enclosure", "hub", "license", "payment", "related", "replies",
    "self", "service", "via",
}  # fmt: skip
"""https://www.iana.org/assignments/link-relations, as far as feeds use it."""


def _lacks_parts(tree: Tree, path: str, names: tuple[str, ...]) -> bool:
    return any(not element.findtext(f"{ATOM}{name}") for element in tree.iterfind(path) for name in names)


def _alternates_repeat(tree: Tree) -> bool:
    parents = (tree, *tree.iter(f"{ATOM}entry"), *tree.iter(f"{ATOM}source"))
    return any(
        repeats(
            [
                f"{link.get('type')} {link.get('hreflang')}"
                for link in parent.iterfind(f"{ATOM}link")
                if link.get("rel", "alternate") == "alternate"
            ]
        )
        for parent in parents
    )


def _rels(tree: Tree, path: str) -> set[str]:
    return {link.get("rel", "alternate") for link in tree.iterfind(path)}


def _has(tree: Tree, name: str) -> bool:
    return tree.find(f"{_HISTORY}{name}") is not None


def _is_naive(text: str) -> bool:
    return datetime.fromisoformat(text).tzinfo is None


ATOM_RULES: dict[str, Rule] = {
    "MissingSelf": lambda tree: not self_links(tree),
    "DuplicateAtomLink": _alternates_repeat,
    "DuplicateIds": lambda tree: repeats(texts(tree, f"{ATOM}entry/{ATOM}id")),
    "DuplicateUpdated": lambda tree: repeats(texts(tree, f"{ATOM}entry/{ATOM}updated")),
    "MissingElement": lambda tree: (
        _lacks_parts(tree, f"{ATOM}entry", ("id", "title", "updated")) or not tree.findtext(f"{ATOM}author/{ATOM}name")
    ),
    "MissingSourceElement": lambda tree: _lacks_parts(tree, f"{ATOM}entry/{ATOM}source", ("id", "title", "updated")),
    "InvalidRFC3339Date": lambda tree: any(map(_is_naive, texts(tree, f".//{ATOM}updated", f".//{ATOM}published"))),
    "NotSufficientlyUnique": lambda tree: not all(map(is_sufficient, texts(tree, f".//{ATOM}id"))),
    "UnregisteredAtomLinkRel": lambda tree: any(
        rel not in _REGISTERED and ":" not in rel for rel in _rels(tree, f".//{ATOM}link")
    ),
    "MissingCurrentInArchive": lambda tree: _has(tree, "archive") and "current" not in _rels(tree, f"{ATOM}link"),
    "ArchiveIncomplete": lambda tree: _has(tree, "archive") and _has(tree, "complete"),
    "FeedHistoryRelInEntry": lambda tree: bool(_OF_HISTORY & _rels(tree, f"{ATOM}entry/{ATOM}link")),
    "SameDocumentReference": lambda tree: any(
        one.get("{http://www.w3.org/XML/1998/namespace}base") is not None for one in tree.iter()
    ),
}
