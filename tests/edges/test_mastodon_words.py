"""Whether a post on a server is the one that relay sent, by its text or by its HTML."""

import time
import unicodedata

import pytest

from relay.networks.mastodon.words import of_page, of_text

LINK = "https://blog.example/2026/la-fracture-numerique?a=1&b=2"
SHOWN = f'<a href="{LINK.replace("&", "&amp;")}" rel="nofollow">blog.example/2026/la-fract…</a>'
MENTION = '<span class="h-card"><a href="https://social.example/@cget" class="u-url">@<span>cget</span></a></span>'


@pytest.mark.parametrize(
    ("text", "page"),
    [
        (f"Une étude {LINK}", f"<p>Une étude {SHOWN}</p>"),
        (f"Une étude {LINK}", f"<p>Une étude {LINK.replace('&', '&amp;')}</p>"),
        ("L’avis de @cget@social.example.", f"<p>L’avis de {MENTION}.</p>"),
        ("#SMCL, c’est *parti* !", '<p><a href="https://x.example/t/smcl">#<span>SMCL</span></a>, c’est <i>parti</i> !</p>'),
        ("Une ligne\nune autre\n\nun alinéa", "<p>Une ligne<br />une autre</p><p>un alinéa</p>"),
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ("Drapeau 🇫🇷, famille 👩‍👩‍👧", "<p>Drapeau 🇫🇷, famille 👩‍👩‍👧</p>"),
        (unicodedata.normalize("NFD", "Élargi"), "<p>Élargi</p>"),
        ("…", "<p>…</p>"),
    ],
)  # fmt: skip
def test_a_page_is_its_text(text: str, page: str) -> None:
    assert of_page(page).are(of_text(text))


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("Une étude", "<p>Une autre étude</p>"),
        ("Drapeau 🇫🇷", "<p>Drapeau 🇧🇪</p>"),
        ("…", "<p>!</p>"),
        ("…", ""),
        ("L’avis de @cget@social.example", "<p>L’avis de @cnil</p>"),
    ],
)
def test_other_words_are_another_post(text: str, page: str) -> None:
    assert not of_page(page).are(of_text(text))
    assert not of_page(page).may_be(of_text(text))


@pytest.mark.parametrize(
    "page",
    [f"<p>Autrement dit {SHOWN}</p>", '<p>Une étude <a href="https://blog.example/autre">blog.example/autre</a></p>'],
)
def test_the_same_link_or_the_same_words_may_be_it(page: str) -> None:
    assert not of_page(page).are(of_text(f"Une étude {LINK}"))
    assert of_page(page).may_be(of_text(f"Une étude {LINK}"))


@pytest.mark.parametrize(
    "page", ["<a>" * 400_000, "<a " * 400_000, "<a href='" * 300_000, "@a@" * 400_000, "<p>" * 400_000]
)
def test_a_page_that_is_a_trap_is_read_soon(page: str) -> None:
    begun = time.monotonic()
    of_page(page)
    assert time.monotonic() - begun < 5
