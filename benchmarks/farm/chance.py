"""Chance that is the same in every run of a seed."""

from hashlib import sha256


def chance(*what: object) -> float:
    """From 0 up to 1, by nothing but the words."""
    return int.from_bytes(sha256(" ".join(map(str, what)).encode()).digest()[:4]) / 2**32
