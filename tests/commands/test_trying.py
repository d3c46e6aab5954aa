"""``relay try`` names the rule that took or left out each entry, and the filter by which a route takes its post."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.blog import Blog
from tests.fakes.feed_server import FeedServer, answer, listening

SANDBOX = 'network = "sandbox"\nserver = "http://127.0.0.1:9"\nimitates = "mastodon"'
FEED = """<rss version="2.0"><channel><title>Agence</title><link>https://agence.example/</link>
<description>Actualités</description>
<item><title>Un emploi</title><guid>1</guid><category>Offres d'emploi</category></item>
<item><title>Un concert</title><guid>2</guid></item>
<item><title>La ville</title><guid>3</guid><category>Logement</category></item>
</channel></rss>"""
RULES = """keep = ['title ~ "ville" or title ~ "emploi"']
drop = ["category = Offres d'emploi"]"""
ROUTES = """
[[routes]]
from = "cget"
to   = "out"
when = 'category = "Ville" or has image'

[[routes]]
from = "cget"
to   = "out"
when = ['category = Logement', 'language = "fr"']
"""


@pytest.fixture
def publisher() -> Iterator[FeedServer]:
    told = answer(body=FEED.encode(), headers=[(b"Content-Type", b"application/rss+xml")])
    with listening(told) as server:
        yield server


@pytest.fixture
def blog(tmp_path: Path, publisher: FeedServer) -> Blog:
    blog = Blog(tmp_path)
    blog.configure(publisher.url, SANDBOX)
    before, _, _ = blog.file.read_text().partition("[[routes]]")
    ruled = before.replace('backlog     = "latest 3"', f'language = "fr"\n{RULES}')
    blog.file.write_text(f"{ruled}{ROUTES}")
    return blog


def test_a_person_reads_which_rule_decided(blog: Blog, publisher: FeedServer) -> None:
    said = [line.strip().partition(",")[0] for line in blog.relay("try", f"{publisher.url}/rss").out.splitlines()]

    assert [line for line in said if line.startswith(("──", "kept", "left out", "route", "→"))] == [
        "── La ville",
        'kept — keep: title ~ "ville" or title ~ "emploi" — by title ~ "ville"',
        'route 1 does not take it — when: category = "Ville" or has image',
        'route 2 takes it — when: category = Logement; language = "fr"',
        "→ out (route 2",
        "── Un concert",
        "left out — keep: no rule matches",
        "── Un emploi",
        "left out — drop: category = Offres d'emploi",
    ]


def test_a_program_reads_which_rule_decided(blog: Blog, publisher: FeedServer) -> None:
    kept, _, dropped = blog.relay("try", f"{publisher.url}/rss", "--json").json["entries"]

    assert kept["judgement"] == {
        "is_kept": True,
        "why": 'keep: title ~ "ville" or title ~ "emploi" — by title ~ "ville"',
        "slow": [],
    }
    assert [(choice["route"], choice["takes"]) for choice in kept["choices"]] == [(0, False), (1, True)]
    assert (dropped["left_out"], dropped["post"]) == ("drop: category = Offres d'emploi", None)
