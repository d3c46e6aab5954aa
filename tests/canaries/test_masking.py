"""A network that says back what it was told says it as it was told: in base64 beside a name, or percent-encoded."""

import base64
from urllib.parse import quote, quote_plus

import pytest

from relay.core.account import Account, Secret
from relay.core.outcome import Refused
from relay.networks.wire.masking import COVER, masked

SECRET = "canary of/tests+0001 é"


def said(words: str, secret: str = SECRET) -> str:
    told = masked(Refused(words), Account("press", "wordpress", {}, {"password": Secret(secret)}))
    return told.why


@pytest.mark.parametrize("user", ["", "c", "ca", "cam", "camille"])
@pytest.mark.parametrize("kind", [base64.b64encode, base64.urlsafe_b64encode])
@pytest.mark.parametrize("secret", [SECRET, SECRET[1:], SECRET[2:]])
def test_what_stands_in_the_base64_of_more_is_covered_whole(user: str, kind: type, secret: str) -> None:
    header = kind(f"{user}:{secret}".encode()).decode()
    assert said(f"It says: Authorization: Basic {header}\nand more", secret) == (
        f"It says: Authorization: Basic {COVER}\nand more"
    )


@pytest.mark.parametrize("spelt", [SECRET, quote(SECRET), quote(SECRET, safe=""), quote_plus(SECRET)])
def test_what_stands_in_a_form_or_an_address_is_covered(spelt: str) -> None:
    assert said(f"no: password={spelt}&more=1") == f"no: password={COVER}&more=1"


def test_other_words_stay() -> None:
    words = f"The server answered 401: {base64.b64encode(b'camille:another password').decode()} is not known here"
    assert said(words) == words
