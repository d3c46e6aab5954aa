"""Whether a value is what the AT Protocol calls by its name (https://atproto.com/specs).

A server refuses a record in which one of them is wrong, or keeps it and shows nothing: so none leaves unlooked at.
"""

import re

_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_FIRST_LABEL = r"[a-zA-Z](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_HANDLE = re.compile(rf"(?:{_LABEL}\.)+{_FIRST_LABEL}")
_DID = re.compile(r"did:[a-z]+:[a-zA-Z0-9._:%-]*[a-zA-Z0-9._-]")
_NSID = re.compile(rf"{_FIRST_LABEL}(?:\.{_LABEL})+\.[a-zA-Z][a-zA-Z0-9]{{0,62}}")
_RECORD_KEY = re.compile(r"(?!\.{1,2}\Z)[a-zA-Z0-9_~.:-]{1,512}")
_TID = re.compile(r"[2-7a-j][2-7a-z]{12}")
_SUBTAGS = r"(?:-[A-Za-z]{3}){0,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
_VARIANTS = r"(?P<variants>(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*)"
_EXTENSIONS = r"(?P<extensions>(?:-[0-9A-WY-Za-wy-z](?:-[A-Za-z0-9]{2,8})+)*)"
_PRIVATE = r"[xX](?:-[A-Za-z0-9]{1,8})+"
_OLD = r"i-[a-z]{2,8}|sgn-(?:BE-FR|BE-NL|CH-DE)|en-GB-oed"
_LANGUAGE = re.compile(rf"[a-z]{{2,3}}{_SUBTAGS}{_VARIANTS}{_EXTENSIONS}(?:-{_PRIVATE})?|{_PRIVATE}|{_OLD}")
_SINGLETON = re.compile(r"-([0-9A-Za-z])(?=-)")
_LONGEST_HANDLE, _LONGEST_DID, _LONGEST_NSID, _LONGEST_URI = 253, 2048, 317, 8192


def is_handle(text: str) -> bool:
    """A domain name without "@" (https://atproto.com/specs/handle)."""
    return len(text) <= _LONGEST_HANDLE and _HANDLE.fullmatch(text) is not None


def is_did(text: str) -> bool:
    """An identity that stays when the handle changes (https://atproto.com/specs/did)."""
    return len(text) <= _LONGEST_DID and _DID.fullmatch(text) is not None


def is_at_identifier(text: str) -> bool:
    """Either of them: how an account may be named."""
    return is_did(text) or is_handle(text)


def is_nsid(text: str) -> bool:
    """The name of a collection or a call (https://atproto.com/specs/nsid)."""
    return len(text) <= _LONGEST_NSID and _NSID.fullmatch(text) is not None


def is_record_key(text: str) -> bool:
    """The name of a record in its collection (https://atproto.com/specs/record-key)."""
    return _RECORD_KEY.fullmatch(text) is not None


def is_tid(text: str) -> bool:
    """A record key that tells its moment, as a post's must be (https://atproto.com/specs/tid)."""
    return _TID.fullmatch(text) is not None


def is_language(text: str) -> bool:
    """A language tag whose subtags stand in their order, none twice (BCP 47, RFC 5646 §2.2.9)."""
    tag = _LANGUAGE.fullmatch(text)
    if tag is None:
        return False
    variants = (tag["variants"] or "").lower().split("-")[1:]
    singletons = _SINGLETON.findall((tag["extensions"] or "").lower())
    return len({*variants}) == len(variants) and len({*singletons}) == len(singletons)


def at_uri(text: str) -> tuple[str, str, str] | None:
    """Whose record, its collection and its key, the last two perhaps empty; ``None`` for what is no such address.

    The strict form of https://atproto.com/specs/at-uri-scheme: no query, no fragment, no slash at the end.
    """
    if len(text) > _LONGEST_URI or not text.startswith("at://"):
        return None
    who, *rest = text.removeprefix("at://").split("/")
    checks = (is_nsid, is_record_key)
    good = len(rest) <= len(checks) and all(check(part) for check, part in zip(checks, rest, strict=False))
    collection, key = (*rest, "", "")[:2]
    return (who, collection, key) if good and is_at_identifier(who) else None
