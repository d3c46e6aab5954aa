"""Text that was encoded twice: UTF-8 that somebody took for Windows-1252 and encoded again, "Ã©" for "é"."""

import re

_WINDOWS = {bytes([code]).decode("cp1252", "ignore") or chr(code): chr(code) for code in range(0x80, 0xC0)}
"""The characters that Windows-1252 shows for the second and later bytes of UTF-8, and those bytes."""
_BYTES = str.maketrans(_WINDOWS)
_STARTS = ("Â", "Ã", "â€")
_TWICE = re.compile(rf"[ÂÃ][\xa0-\xbf]|â€[{re.escape(''.join(_WINDOWS))}\x80-\x9f]")
"""What no language writes: French letters and quotation marks encoded twice."""


def decoded_once(xml: str, notes: list[str]) -> str:
    """The same document with such texts put right; a text is one run between two tags, and is right as a whole."""
    if not any(start in xml for start in _STARTS):
        return xml
    mended = re.sub(r"[^<>]+", lambda run: _once(run[0]), xml)
    if mended != xml:
        notes.append("text encoded twice")
    return mended


def _once(text: str) -> str:
    if not _TWICE.search(text):
        return text
    try:  # "à" loses its second half, a no-break space, where white space was squeezed
        return re.sub("Ã +", "Ã\xa0 ", text).translate(_BYTES).encode("latin-1").decode()
    except UnicodeError:
        return text
