"""What relay writes down about its sources has its French; wherever a sentence can be had from what says it, it is."""

import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from relay.core.document import Blocked, Busy, Unreachable
from relay.core.polling.pollstate import PollState
from relay.core.pushing.subscribing import said as standing
from relay.core.pushing.subscription import State, Subscription
from relay.core.source import Selectors, Source, Validators
from relay.intake.fetch import fetch
from relay.intake.finding.scrape import scrape
from relay.intake.parse import parse
from relay.intake.reading.traps import MOST_AMPERSANDS, MOST_ATTRIBUTES
from relay.intake.wire.failure import why
from relay.intake.wire.guard import Guard
from relay.intake.wire.over_httpx import OverHttpx
from relay.intake.wire.pace import Turns
from relay.intake.wire.robots import Robots
from relay.intake.wire.transport import reading_client
from relay.web.wording.said import said
from tests.core.things import NOW
from tests.edges.pages import client
from tests.fakes.feed_server import FeedServer, answer, listening

RSS = "<rss version='2.0'><channel><title>T</title>{}</channel></rss>"
ITEM = RSS.format("<item><title>{}</title><link>http://a.fr/</link></item>")
WATCHED = Source("a", "https://a.fr/rss", "Source : A")
ASKED = Subscription("t", "a", "https://hub.fr/", "https://a.fr/rss", "s", State.ASKED, NOW)
PUSHING = replace(ASKED, state=State.ACTIVE, leased_at=NOW, lease_until=NOW + timedelta(days=9))


def french(sentence: str) -> str:
    """The French; the test fails where there is none."""
    told, language = said(sentence, "fr")
    assert language == "fr", sentence
    return told


@pytest.fixture
def publisher() -> Iterator[FeedServer]:
    with listening(answer(404)) as server:
        yield server


@pytest.mark.parametrize(
    ("document", "content_type", "expected"),
    [
        (b"", None, "Ce document est vide."),
        (b"<html><body>x</body></html>", None, "C’est une page web, pas un flux."),
        (b"<opml version='2.0'><body/></opml>", None, "C’est une liste de flux (OPML), pas un flux."),
        (b"<x/>", None, "Ce n’est pas un flux que relay sache lire."),
        (RSS.format("")[:-15].encode(), None, "Ce document est tronqué : il y manque la dernière balise."),
        (b"{", None, "Cela ressemble à du JSON, mais mal formé."),
        (b"{}", None, "C’est du JSON, mais pas un flux JSON : il n’a pas d’« items »."),
        (b"&" * (MOST_AMPERSANDS + 1), None, "Ce n’est pas un flux à lire : il a trop d’esperluettes."),
        (b"<rss>" + b"<a>" * 3000 + b"</rss>", None, "Ce n’est pas un flux à lire : ses éléments sont trop emboîtés."),
        (
            b"<rss><item " + b"a='' " * (MOST_ATTRIBUTES + 1) + b"/></rss>",
            None,
            "Ce n’est pas un flux à lire : une balise y a trop d’attributs.",
        ),
    ],
)
def test_why_a_document_cannot_be_read(document: bytes, content_type: str | None, expected: str) -> None:
    assert french(parse(document, "http://a.fr/", content_type).error or "") == expected


@pytest.mark.parametrize(
    ("document", "content_type", "expected"),
    [
        (ITEM.format("a & b"), None, "esperluette nue"),
        (ITEM.format("a&nbsp;b"), None, "entité non déclarée &nbsp;"),
        (ITEM.format("a\x0bb"), None, "caractères interdits en XML"),
        ("bla" + ITEM, None, "texte avant le document"),
        ("\n<?xml version='1.0'?>" + ITEM, None, "blanc avant la déclaration XML"),
        (ITEM.replace("<link>", "<dc:date>2024-01-01</dc:date><link>"), None, "préfixe non déclaré dc:"),
        (ITEM.format("Ã©tÃ©"), None, "texte encodé deux fois"),
        (ITEM.replace("</link>", "</lien>"), None, "XML mal formé"),
        (ITEM.format("été"), "text/xml", "text/xml sans jeu de caractères"),
        (ITEM.format("été"), "text/xml; charset=iso-8859-1", "mauvais encodage annoncé"),
    ],
)
def test_what_was_repaired(document: str, content_type: str | None, expected: str) -> None:
    repaired = parse(document.encode(), "http://a.fr/", content_type).repaired
    assert f"réparé : {expected}" in [french(f"repaired: {what}") for what in repaired]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"", "Cette page est vide."),
        (b"<p>x</p>", "Rien sur cette page n’est « article » : elle a pu être refaite."),
        (b"<article>x</article>", "Rien de ce qui est « article » n’a de titre et de lien."),
    ],
)
def test_why_a_page_is_no_feed(page: bytes, expected: str) -> None:
    assert french(scrape(page, "http://a.fr/", None, Selectors("article")).error or "") == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (answer(429), "{} trouve que relay demande trop souvent (429)."),
        (answer(503, headers=[(b"Retry-After", b"60")]), "{} est occupé (503)."),
        (answer(403), "{} refuse ce lecteur (403)."),
        (answer(403, b"Just a moment..."), "{} veut la preuve qu’une personne demande (contrôle anti-robots)."),
        (answer(500), "{} a répondu 500 It is so."),
        (
            answer(200, b"x", [(b"Content-Encoding", b"br")]),
            "127.0.0.1 est illisible : la réponse est codée en 'br', que relay n’a pas demandé.",
        ),
        (
            answer(200, b"x" * 99, [(b"Content-Encoding", b"gzip")]),
            "127.0.0.1 est illisible : la réponse n’est pas le gzip qu’elle annonce.",
        ),
        (answer(200, b"x" * 10_500_000), "127.0.0.1 est illisible : la réponse dépasse 10 Mio."),
        (answer(301, headers=[(b"Location", b"/rss")]), "127.0.0.1 est illisible : plus de 5 redirections."),
    ],
)
def test_what_a_server_answered(publisher: FeedServer, told: bytes, expected: str) -> None:
    publisher.pages["/rss"] = told
    with client() as http:
        found = fetch(OverHttpx(http), f"{publisher.url}/rss", "a", Validators())
    assert isinstance(found, Busy | Blocked | Unreachable)
    assert french(found.why) == expected.format(publisher.url.removeprefix("http://"))


def test_where_relay_does_not_go(publisher: FeedServer) -> None:
    with reading_client(Guard(()), None, turns=Turns(gap=0)) as http:
        found = fetch(OverHttpx(http), f"{publisher.url}/rss", "a", Validators())
    assert isinstance(found, Blocked)
    assert french(found.why) == "127.0.0.1 a l’adresse 127.0.0.1, qui n’est pas publique (voyez service.allow)."


REQUEST = httpx.Request("GET", "https://a.fr/")


def failed(cause: Exception) -> httpx.ConnectError:
    error = httpx.ConnectError("no", request=REQUEST)
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (failed(socket.gaierror()), "Le nom a.fr est inconnu."),
        (failed(ssl.SSLError()), "a.fr ne parle pas TLS comme il faut."),
        (failed(ConnectionRefusedError()), "a.fr refuse les connexions."),
        (httpx.ReadTimeout("", request=REQUEST), "a.fr n’a pas répondu à temps."),
        (httpx.ConnectError("No route to host", request=REQUEST), "a.fr est injoignable : No route to host."),
        (httpx.ReadError("reset", request=REQUEST), "a.fr a rompu l’échange : reset."),
        (httpx.InvalidURL("Invalid port"), "L’adresse est inutilisable : Invalid port."),
    ],
)
def test_why_there_was_no_answer(error: httpx.RequestError | httpx.InvalidURL, expected: str) -> None:
    assert french(why(error)) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (answer(200, b"User-agent: *\nDisallow: /"), "{} demande aux robots de ne pas lire cette page (robots.txt)."),
        (answer(500), "127.0.0.1 a répondu 500 pour son robots.txt : il interdit peut-être tout."),
        (b"nonsense", "Son robots.txt est illisible. 127.0.0.1 a rompu l’échange : "),
    ],
)
def test_what_robots_may_not_read(publisher: FeedServer, told: bytes, expected: str) -> None:
    publisher.pages["/robots.txt"] = told
    with client() as http:
        refusal = Robots(http).refusal(f"{publisher.url}/page")
    assert french(refusal or "").startswith(expected.format(publisher.url.removeprefix("http://")))


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (None, "hub.fr sera sollicité dans un instant."),
        (ASKED, "hub.fr : sollicité le 2026-10-01 08:00 UTC."),
        (
            replace(ASKED, note="hub.fr answered 503."),
            "hub.fr : sollicité le 2026-10-01 08:00 UTC. hub.fr a répondu 503.",
        ),
        (PUSHING, "hub.fr : prévient jusqu’au 2026-10-10 08:00 UTC, rien jusqu’ici."),
        (
            replace(PUSHING, pushed_at=NOW),
            "hub.fr : prévient jusqu’au 2026-10-10 08:00 UTC, dernière fois le 2026-10-01 08:00 UTC.",
        ),
        (replace(PUSHING, lease_until=NOW), "hub.fr : son bail est échu, il ne l’a pas renouvelé."),
        (
            replace(PUSHING, state=State.DISTRUSTED, note="The hub did not push what 3 polls found."),
            (
                "hub.fr : il a perdu notre confiance, la source est lue comme sans hub. "
                "Le hub n’a pas dit ce que 3 lectures ont trouvé."
            ),
        ),
        (
            replace(ASKED, state=State.REFUSED, note="The hub refuses: too many"),
            "hub.fr : a refusé le 2026-10-01 08:00 UTC. Le hub refuse : too many",
        ),
        (
            replace(ASKED, state=State.ENDED, note="The source is not to be pushed any more."),
            "hub.fr : quitté le 2026-10-01 08:00 UTC. On ne veut plus être prévenu de cette source.",
        ),
    ],
)
def test_how_it_stands_with_a_hub(known: Subscription | None, expected: str) -> None:
    state = PollState(hubs=("https://hub.fr/",), topic="https://a.fr/rss")
    assert french(standing(WATCHED, state, known, is_reached=True, now=NOW)) == expected


def test_a_hub_that_is_not_asked() -> None:
    state = PollState(hubs=("https://hub.fr/",))
    silent = replace(WATCHED, push=False)
    assert french(standing(silent, state, None, is_reached=True, now=NOW)) == "Un hub est nommé, et push = false."
    assert french(standing(WATCHED, state, None, is_reached=False, now=NOW)).startswith("hub.fr préviendrait")


@pytest.mark.parametrize(
    "sentence",
    [
        "410: the publisher says this feed is gone",
        "200; 1 entry could not be stored: see the log",
        "226; 3 entries could not be stored: see the log",
        "relay could not ask (ValueError: no)",
        "relay could not take its answer (ValueError: no)",
        "Write to its publisher: https://a.fr/ refuses “relay/1 (x; 1 subscriber)”.",
        "No article was found on https://a.fr/: the entry is as its feed has it.",
        "https://a.fr/1 cannot be read (ValueError).",
        "`fulltext` needs a library that is not installed: pip install 'relay[fulltext]'.",
        "This document cannot be read (KeyError: x).",
        "The certificate of a.fr is not valid: certificate has expired.",
        "a.fr cannot be read: it redirects from https to http://a.fr/.",
        "a.fr cannot be read: the compressed answer is cut short.",
        "Port 8080 of a.fr is not a port of the web (80 or 443): relay does not go there unless …",
        "its hub pushes: every 1 d, to be sure",
        "Not one entry is known from before: some may have been missed.",
        "hub.fr answered 400, which is no yes to a subscription: who are you.",
        "The hub refuses, without a reason.",
    ],
)
def test_what_is_seldom_said_has_its_french_too(sentence: str) -> None:
    assert french(sentence) != sentence
