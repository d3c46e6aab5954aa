"""Accounts connected at real servers, by a person who signs in there and says yes."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from lxml import html

from relay.core.account import Account
from relay.core.crosspost import Draft, Keys, Request
from relay.core.grant import Grant
from relay.core.outcome import Refused, Sent
from relay.networks.connecting import Visit
from relay.networks.mastodon import connecting as mastodon_way
from relay.networks.mastodon import network as mastodon
from relay.networks.network import Network
from relay.networks.wire.oauth import OOB
from relay.networks.wordpress import connecting as wordpress_way
from relay.networks.wordpress import network as wordpress
from tests.edges.dances import REDIRECT, STATE, connected
from tests.real import snac
from tests.real.wordpress import WordPress

NOW = datetime(2026, 11, 24, 8, 0, 30, tzinfo=UTC)


@pytest.fixture
def browser() -> Iterator[httpx.Client]:
    """It has cookies, and goes where a form sends it."""
    with httpx.Client(trust_env=False, timeout=60) as client:
        yield client


def begun(http: httpx.Client, network: Network, account: Account, redirect: str = REDIRECT) -> Visit:
    connect = network.abilities(account).connect
    assert connect
    visit = connect.begin(http, account, redirect, STATE)
    assert isinstance(visit, Visit), visit
    return visit


def posted(
    http: httpx.Client, network: Network, account: Account, grant: object, words: str = "Une nouvelle"
) -> object:
    assert isinstance(grant, Grant), grant
    mine = connected(account, grant)
    request = network.prepare(http, mine, Draft(words, "fr", "https://blog.example/"), Keys(NOW, 1))
    assert isinstance(request, Request), request
    return network.publish(http, mine, request)


def forms(browser: httpx.Client, url: str) -> list[html.FormElement]:
    page = html.fromstring(browser.get(url).content)
    return [form for form in page.iter("form") if isinstance(form, html.FormElement)]


def signed_in(browser: httpx.Client, url: str, user: str, password: str) -> str:
    """The form of snac's own page, filled in: where it sends the browser, or the code that it shows."""
    form = forms(browser, url)[0]
    fields = dict(form.fields) | {"login": user, "passwd": password}
    answer = browser.post(form.action, data={name: value or "" for name, value in fields.items()})
    return answer.headers.get("location") or answer.text


@pytest.mark.snac
@pytest.mark.parametrize("redirect", [REDIRECT, OOB])
def test_an_account_of_snac(http: httpx.Client, browser: httpx.Client, snac_server: snac.Snac, redirect: str) -> None:
    user = f"claire{len(redirect)}"
    said = snac._said(("adduser", snac_server.folder, user), "y\n")
    password = said.partition("User password is ")[2].split()[0]
    account = Account("toots", "mastodon", {"instance": snac_server.url})
    connect, visit = mastodon_way.CONNECTING, begun(http, mastodon, account, redirect)
    back = signed_in(browser, visit.url, user, password)
    answered = dict(parse_qsl(urlsplit(back).query)) if redirect != OOB else {"code": back}
    grant = connect.finish(http, account, visit, redirect, answered)
    assert isinstance(posted(http, mastodon, account, grant), Sent)
    assert redirect == OOB or answered["state"] == STATE
    assert isinstance(grant, Grant)
    assert grant.whose == f"@{user}@{urlsplit(snac_server.url).netloc}"


def approved(browser: httpx.Client, url: str, user: str, button: str) -> dict[str, str]:
    """WordPress's own page, without its script: signed in, and one of its two buttons pressed."""
    site = url.partition("/wp-admin")[0]
    browser.get(f"{site}/wp-login.php")
    browser.post(f"{site}/wp-login.php", data={"log": user, "pwd": "pw", "testcookie": "1"})
    form = next(form for form in forms(browser, url) if "app_name" in form.fields)
    fields = {name: value or "" for name, value in form.fields.items() if name not in {"approve", "reject"}}
    answer = browser.post(f"{site}/wp-admin/authorize-application.php", data=fields | {button: "1"})
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))


@pytest.mark.wordpress
def test_a_site_of_wordpress(http: httpx.Client, browser: httpx.Client, wordpress_real: WordPress) -> None:
    author = wordpress_real.join()
    account = Account("site", "wordpress", {"site": wordpress_real.url, "user": author.user})
    for words in ("Une nouvelle", "Une autre, connectée de nouveau"):
        visit = begun(http, wordpress, account)
        answered = approved(browser, visit.url, author.user, "approve")
        assert answered["state"] == STATE
        grant = wordpress_way.CONNECTING.finish(http, account, visit, REDIRECT, answered)
        assert isinstance(posted(http, wordpress, account, grant, words), Sent)
        assert isinstance(grant, Grant)
        assert grant.whose == author.user


@pytest.mark.wordpress
def test_a_no_at_wordpress(http: httpx.Client, browser: httpx.Client, wordpress_real: WordPress) -> None:
    author = wordpress_real.join()
    account = Account("site", "wordpress", {"site": wordpress_real.url, "user": author.user})
    visit = begun(http, wordpress, account)
    answered = approved(browser, visit.url, author.user, "reject")
    told = wordpress_way.CONNECTING.finish(http, account, visit, REDIRECT, answered)
    assert told == Refused("You said no at WordPress: nothing was connected.")
