"""Keys and signatures: Schnorr on secp256k1 (BIP-340), by libsecp256k1; it is loaded when the first key is used."""

import re

from relay.networks.nostr.bech32 import decoded

_HEX = re.compile(r"[0-9a-fA-F]{64}")


def secret_key(written: str) -> bytes | None:
    """The 32 bytes of a key as people have it ("nsec1…", or 64 hexadecimal digits); ``None`` for what is none."""
    found = bytes.fromhex(written) if _HEX.fullmatch(written) else decoded("nsec", written)
    return found if found is not None and len(found) == 32 and public_key(found) else None


def public_key(secret: bytes) -> bytes | None:
    """The 32 bytes by which everybody knows the key; ``None`` where the number is not one of the curve's."""
    from coincurve import PublicKeyXOnly  # noqa: PLC0415 — only accounts of this network need it

    try:
        return PublicKeyXOnly.from_secret(secret).format()
    except ValueError:
        return None


def signed(secret: bytes, digest: bytes, chance: bytes) -> bytes:
    """The signature of a digest; the same ``chance`` (32 bytes) gives the same one."""
    from coincurve import PrivateKey  # noqa: PLC0415 — as above

    return PrivateKey(secret).sign_schnorr(digest, chance)


def is_signed(public: bytes, digest: bytes, signature: bytes) -> bool:
    """Whether the signature is that key's."""
    from coincurve import PublicKeyXOnly  # noqa: PLC0415 — as above

    try:
        return PublicKeyXOnly(public).verify(signature, digest)
    except ValueError:
        return False
