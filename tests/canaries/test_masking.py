"""A network that says back what it was told says it as it was told: in base64 beside a name, or percent-encoded."""

import base64
from urllib.parse import quote, quote_plus

import httpx
import pytest

from relay.core.account import Account, Secret
from relay.core.outcome import Refused
from relay.networks.wire.answers import of_publishing
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


@pytest.mark.parametrize("spelt", [SECRET, quote(SECRET), quote(SECRET, safe="")])
@pytest.mark.parametrize("left", [8, 12, 21])
def test_what_is_left_where_words_were_cut_off_is_covered(spelt: str, left: int) -> None:
    assert said(f"no: password={spelt[:left]}") == f"no: password={COVER}"
    assert said(f"no: password={spelt[:left]}. Ask again.") == f"no: password={COVER}. Ask again."


def test_base64_that_was_cut_off_is_covered() -> None:
    header = base64.b64encode(f"camille:{SECRET}".encode()).decode()
    assert said(f"Authorization: Basic {header[:28]}") == f"Authorization: Basic {COVER}"


def test_the_beginning_of_an_address_is_no_secret() -> None:
    secret = "https://hooks.example/services/T0000/canary-0001-of-tests"
    assert said("https://hooks.example/services is shut", secret) == "https://hooks.example/services is shut"
    assert said(f"no: {secret[:-3]}", secret) == f"no: https://hooks.example/services/T0000/{COVER}"


def test_a_long_answer_is_not_cut_within_a_secret() -> None:
    asked = httpx.Request("GET", "https://a.example")
    answer = httpx.Response(401, json={"error": f"{'x ' * 140}{SECRET}"}, request=asked)
    account = Account("press", "mastodon", {}, {"token": Secret(SECRET)})
    assert SECRET[:8] in of_publishing(answer).why
    assert SECRET[:8] not in masked(of_publishing(answer), account).why
