"""Keys, signatures and names of Nostr, on the standards' own examples."""

import csv
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.networks.nostr.bech32 import HINT, SPECIAL, decoded, encoded, field, fields
from relay.networks.nostr.event import event, serialised
from relay.networks.nostr.signing import is_signed, public_key, secret_key, signed
from tests.core.shared import SHARED
from tests.fakes.nostr import KEY, genuine

NSEC = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5"
NSEC_HEX = "67dea2ed018072d675f5415ecfaed7d2597555e202d85b3d65ea4e58d2d92ffa"
NPUB = "npub180cvv07tjdrrgpa0j7j7tmnyl2yr6yr7l8j4s3evf6u64th6gkwsyjh6w6"
NPUB_HEX = "3bf0c63fcb93463407af97a5e5ee64fa883d107ef9e558472c4eb9aaaefa459d"
NPROFILE = (
    "nprofile1qqsrhuxx8l9ex335q7he0f09aej04zpazpl0ne2cgukyawd24mayt8gpp4mhxue69uhhytnc9e3k7mgpz4mhxue69uhkg6nzv9ejuump"
    "v34kytnrdaksjlyr9p"
)
"""The examples of NIP-19."""


def vectors() -> Iterator[Any]:
    """BIP-340's vectors; in a stranger's clone, the reason why there are none."""
    path = SHARED / "conformance" / "bip340" / "bip340_test_vectors.csv"
    if path.is_file():
        with path.open(encoding="utf-8") as file:
            yield from (pytest.param(row, id=f"{row['index']} {row['comment']}") for row in csv.DictReader(file))
    else:
        yield pytest.param({"secret key": "none"}, marks=pytest.mark.skip(reason=f"no vectors at {path}"))


@pytest.mark.parametrize("row", [*vectors()])
def test_what_is_signed_is_known(row: dict[str, str]) -> None:
    public, digest, signature = (bytes.fromhex(row[name]) for name in ("public key", "message", "signature"))
    assert is_signed(public, digest, signature) == (row["verification result"] == "TRUE")


@pytest.mark.parametrize("row", [one for one in vectors() if one.values[0]["secret key"]])
def test_signing_gives_the_standards_signature(row: dict[str, str]) -> None:
    secret, chance = bytes.fromhex(row["secret key"]), bytes.fromhex(row["aux_rand"])
    assert (public_key(secret) or b"").hex().upper() == row["public key"]
    assert signed(secret, bytes.fromhex(row["message"]), chance).hex().upper() == row["signature"]


@pytest.mark.parametrize("written", [NSEC, NSEC.upper(), NSEC_HEX, NSEC_HEX.upper()])
def test_a_key_is_read_as_people_have_it(written: str) -> None:
    assert secret_key(written) == bytes.fromhex(NSEC_HEX)


@pytest.mark.parametrize(
    "written",
    [
        *("", "not the one", NPUB, NSEC[:-1], f"{NSEC}q", NSEC.replace("v", "w"), NSEC.capitalize(), NSEC_HEX[:-1]),
        *("0" * 64, "f" * 64, f" {NSEC}", "nsec1", encoded("nsec", bytes(31)), encoded("nsec", bytes(32))),
    ],
)
def test_what_is_no_key_is_none(written: str) -> None:
    assert secret_key(written) is None


def test_names_are_read_as_the_standard_writes_them() -> None:
    profile = decoded("nprofile", NPROFILE) or b""
    assert (decoded("npub", NPUB) or b"").hex() == NPUB_HEX
    assert ((field(profile, SPECIAL) or b"").hex(), field(profile, HINT)) == (NPUB_HEX, b"wss://r.x.com")
    hints = ((HINT, b"wss://r.x.com"), (HINT, b"wss://djbas.sadkb.com"))
    assert encoded("nprofile", fields((SPECIAL, bytes.fromhex(NPUB_HEX)), *hints)) == NPROFILE


@given(st.binary(max_size=300))
def test_what_is_written_is_read_again(data: bytes) -> None:
    assert decoded("npub", encoded("npub", data)) == data


@given(st.text(max_size=80))
def test_what_has_no_check_is_none(text: str) -> None:
    assert decoded("npub", f"npub1{text}") is None


@given(st.binary(max_size=40))
def test_fields_that_are_strung_together_wrongly_are_none(data: bytes) -> None:
    found = field(data, 7)
    assert found is None or bytes([7, len(found)]) + found in data


def test_the_same_event_is_the_same_to_the_last_byte_and_genuine() -> None:
    made = [event(bytes.fromhex(KEY), 1_764_000_000, 1, [["t", "été"]], 'a"\\b\n\t« é »', b"7") for _ in range(2)]
    assert made[0] == made[1]
    assert genuine({name: getattr(made[0], name) for name in made[0].__slots__})


def test_nothing_more_is_escaped_than_the_standard_says() -> None:
    whole = serialised("ab", 7, 1, [["r", "https://é.fr/?a=1&b"]], 'a"b\\c\n</d> « é » 👩‍👩‍👧')
    text = r'[0,"ab",7,1,[["r","https://é.fr/?a=1&b"]],"a\"b\\c\n</d> « é » 👩‍👩‍👧"]'
    assert whole == text.encode()
