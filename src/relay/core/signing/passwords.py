"""What may be a password (NIST SP 800-63B-4 §3.1.1.2): long, and not the member's own name."""

import unicodedata

SHORTEST = 12
LONGEST = 200
_FEWEST_SIGNS = 5


def written(password: str) -> str:
    """The same text however a keyboard composes it (NFC)."""
    return unicodedata.normalize("NFC", password)


def weakness(password: str, name: str, email: str) -> str:
    """Why this cannot be a password, in a word of the pages; empty where it can."""
    plain = written(password).casefold()
    own = (part for part in (name, email, email.partition("@")[0]) if len(part) > 3)
    if not SHORTEST <= len(plain) <= LONGEST:
        return "length"
    if any(part.casefold() in plain for part in own):
        return "name"
    return "plain" if len(set(plain)) < _FEWEST_SIGNS else ""
