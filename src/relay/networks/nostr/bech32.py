"""Keys and names as people pass them on: bech32 (BIP-173), and what Nostr writes in it (NIP-19)."""

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKED = 6
_LONGEST = 5000
"""Letters: the bound that NIP-19 gives."""
SPECIAL, HINT, AUTHOR, KIND = range(4)
"""The types of NIP-19's fields: what it is about, a relay (ASCII), the author, the kind (32 bits)."""


def encoded(prefix: str, data: bytes) -> str:
    """``data`` under ``prefix`` ("npub", "nevent"), with its check."""
    words = _regrouped(list(data), 8, 5, pad=True) or []
    check = _polymod([*_expanded(prefix), *words, *[0] * _CHECKED]) ^ 1
    words += [check >> 5 * (_CHECKED - 1 - place) & 31 for place in range(_CHECKED)]
    return f"{prefix}1{''.join(_LETTERS[word] for word in words)}"


def decoded(prefix: str, text: str) -> bytes | None:
    """The bytes of what begins with ``prefix``; ``None`` for anything else, and where the check fails."""
    lower, (found, _, rest) = text.lower(), text.lower().rpartition("1")
    is_written = text in {lower, text.upper()} and len(text) <= _LONGEST and len(rest) >= _CHECKED
    if found != prefix or not is_written or not set(rest) <= set(_LETTERS):
        return None
    words = [_LETTERS.index(letter) for letter in rest]
    if _polymod([*_expanded(prefix), *words]) != 1:
        return None
    whole = _regrouped(words[:-_CHECKED], 5, 8, pad=False)
    return None if whole is None else bytes(whole)


def fields(*pairs: tuple[int, bytes]) -> bytes:
    """Fields as NIP-19 strings them together: type, length, value."""
    return b"".join(bytes([kind, len(value)]) + value for kind, value in pairs)


def field(data: bytes, kind: int) -> bytes | None:
    """The first field of a type; ``None`` where there is none, or not all of it."""
    while len(data) >= 2:
        found, length = data[0], data[1]
        value, data = data[2 : 2 + length], data[2 + length :]
        if found == kind:
            return value if len(value) == length else None
    return None


def _expanded(prefix: str) -> list[int]:
    return [*(ord(letter) >> 5 for letter in prefix), 0, *(ord(letter) & 31 for letter in prefix)]


def _polymod(words: list[int]) -> int:
    check = 1
    for word in words:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ word
        for place, term in enumerate(_GENERATOR):
            check ^= term if top >> place & 1 else 0
    return check


def _regrouped(words: list[int], bits: int, into: int, *, pad: bool) -> list[int] | None:
    """The same bits in words of another size; ``None`` where more is left over than the standard allows."""
    held, waiting, found = 0, 0, []
    for word in words:
        held, waiting = held << bits | word, waiting + bits
        while waiting >= into:
            waiting -= into
            found.append(held >> waiting & (1 << into) - 1)
        held &= (1 << waiting) - 1
    if pad:
        return [*found, held << into - waiting] if waiting else found
    return None if waiting >= bits or held else found
