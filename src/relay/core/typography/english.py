"""English: quotes, apostrophes and ellipses as a printer sets them; nothing about spaces."""

import regex

from relay.core.typography.quotes import TAG, paired

_APOSTROPHE = regex.compile(rf"'(?<=\p{{L}}{TAG}*')(?={TAG}*\p{{L}})")
_ELLIPSIS = regex.compile(r"(?<!\.)\.{3}(?!\.)")


def english(text: str) -> str:
    """``text`` by the Chicago Manual's signs (§6.115 to §6.121), its spacing as it was written."""
    if "..." in text:
        text = _ELLIPSIS.sub("…", text)
    if "'" in text:
        text = _APOSTROPHE.sub("’", text)
    return paired(text, ("“", "”"), ("“", "”"))
