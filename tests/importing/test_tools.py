"""What is read of the files of each tool, after their own documentation, and what is said of the rest."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from relay.core.identity.posted import Posted
from relay.intake.importing import rows, rules
from relay.intake.importing.imported import File, Imported, Left, Reader
from relay.intake.importing.tools import TOOLS
from tests.importing.samples import FEED2TOOT, FRESHRSS, HUGINN, VENUS, VENUS_ENTRY, database

SECRET = "kept-in-an-envelope"


def read(tool: str, **files: object) -> Imported:
    """The files by name, ``_`` standing for the point before their endings."""
    reader: Reader = TOOLS[tool][2]
    found = reader([File(name.replace("__", "."), _bytes(body)) for name, body in files.items()])
    assert isinstance(found, Imported), found
    return found


def _bytes(body: object) -> bytes:
    if isinstance(body, bytes):
        return body
    return body.encode() if isinstance(body, str) else json.dumps(body).encode()


def said(imported: Imported) -> str:
    return "\n".join(map(str, imported.left))


def test_every_filter_that_is_made_is_one_of_relays() -> None:
    for words in ('say "no"', "a/b", "l'eau (tiède)", "C++", "1.0 or title ~ x", "\\d"):
        assert rules.fault(rules.says("title", words)) is None
        assert (
            rules.fault(rules.negated(rules.one_of([rules.says("text", words), rules.equals("category", words)])))
            is None
        )
    assert rules.fault(rules.finds("title", "(")) is not None


def test_feed2toot_brings_feeds_filters_and_what_was_posted() -> None:
    cache = "https://agence.example/1\nurn:2\n\n"
    feeds = "L'agence <https://agence.example/rss|title|ville,quartier>\nhttps://anru.example/rss\nftp://x\na|b\n"
    found = read("feed2toot", feed2toot__ini=FEED2TOOT, feeds__txt=feeds, cache__db=cache)

    agence, anru = found.sources
    assert (agence.url, agence.title) == ("https://agence.example/rss", "L'agence")
    assert agence.keep == ('title ~ "(?i)ville"', 'title ~ "(?i)quartier"', 'title ~ "Logement 100%"')
    assert anru.keep == ('title ~ "Logement 100%"',)
    assert [(one.guid, one.url) for one in found.posted] == [
        ("https://agence.example/1", "https://agence.example/1"),
        ("urn:2", None),
    ]
    assert found.outlets[0].options == (("instance", "https://mastodon.example"), ("visibility", "unlisted"))
    assert found.ways[0].text == "{title:80} {link}"
    assert "feed2toot.ini:11: {published} is no field of relay's templates" in said(found)
    assert "feed2toot.ini:13: id_pattern looks into what relay's filters do not know" in said(found)
    assert "feeds.txt:3: “ftp://x” is no address" in said(found)
    assert "feed2toot.ini:20: several_words_hashtags_list in [hashtaglist] has no counterpart" in said(found)


def test_feed2toot_names_the_files_that_were_not_given() -> None:
    assert "feed2toot.ini:17: /var/lib/cache.db has what was posted: name it too" in said(
        read("feed2toot", feed2toot__ini=FEED2TOOT)
    )


def test_feed2fedi_brings_its_cache_with_times(tmp_path: Path) -> None:
    config = {
        "feeds": [
            {"url": "https://a.example/rss", "filters": [{"check": "regex", "check_params": "Pub", "action": "drop"}]},
            {"url": "https://b.example/rss", "post_template": "{author} {title}", "max_posts": 2,
             "filters": [{"check": "regex", "check_params": "x", "action": "search_replace"},
                         {"check": "any", "action": "mark_cw", "action_params": "Politique"}]},
        ],
        "fedi_instance": "mastodon.example", "fedi_access_token": SECRET, "bot_post_template": "{title}\\n\\n{link}",
        "bot_post_visibility": "public",
    }  # fmt: skip
    cache = database(tmp_path, "share", [{"url": "https://a.example/1", "shared_ts": 1772352000}])
    found = read("feed2fedi", config__json=config, cache__sqlite=cache)

    assert found.sources[0].drop == (r'summary ~ "(?s)\A(?:Pub)"',)
    assert str(found.posted[0].at) == "2026-03-01 08:00:00+00:00"
    assert [(way.text, way.warning) for way in found.ways] == [
        ("{title}\n\n{link}", None),
        ("{author} {title}", "Politique"),
    ]
    assert "https://b.example/rss: a filter that does search_replace on regex has no counterpart" in said(found)
    assert "max_posts has no counterpart" in said(found)
    assert SECRET not in repr(found)


def test_feediverse_knows_up_to_when() -> None:
    text = (
        f"access_token: {SECRET}\nfeeds:\n- {{template: '{{title}} {{url}} {{comments}}', url: https://a.example/rss}}\n"
        "updated: '2026-03-01T08:00:00+00:00'\nurl: https://mastodon.example\n"
    )
    found = read("feediverse", feediverse__yml=text)

    assert found.ways[0].text == "{title} {link}"
    assert (found.posted[0].feed, str(found.posted[0].until)) == ("https://a.example/rss", "2026-03-01 08:00:00+00:00")
    assert SECRET not in repr(found)
    assert "what was posted is not known" in said(read("feediverse", a__yml="feeds: []\nurl: https://m.example"))


def test_rss2toot_brings_the_names_of_its_index_and_no_token() -> None:
    index = "'client', (0, 32)\n'access_token', (512, 34)\n'https://a.example/1', (1024, 45)\n"

    assert [one.url for one in read("rss2toot", rss2toot__dir=index).posted] == ["https://a.example/1"]


def test_feedecho_brings_echoes_as_routes_and_the_database_what_was_posted(tmp_path: Path) -> None:
    feeds = [{"id": 1, "url": "https://a.example/rss", "name": "A", "poll_interval": 15, "paused": 0}]
    account = {"id": 7, "name": "Veille", "username": "veille", "instance": "mastodon.example", "access_token": SECRET}
    echo = {"id": 3, "feed_id": 1, "destination_type": "mastodon", "destination_id": 7, "enabled": 1,
            "template": "{{ title }} {{ link }} {{ feed_name }}", "filter_keywords": "pub, jeu", "filter_mode": "exclude"}  # fmt: skip
    export = {
        "format": "feedecho-export",
        "version": 1,
        "feeds": feeds,
        "accounts": {"mastodon": [account]},
        "echoes": [echo],
    }
    item = {"id": 1, "echo_id": 3, "item_id": "urn:1", "item_title": "T", "item_url": "https://a.example/1",
            "status": "posted", "posted_at": "2026-03-01 08:00:00"}  # fmt: skip
    rows: Any = {
        "feeds": feeds,
        "accounts": [account],
        "echoes": [echo],
        "posted_items": [item, {**item, "status": "failed"}],
    }
    told = read("feedecho", export__json=export)
    kept = read("feedecho", feedecho__db=database(tmp_path, **rows))

    for found in (told, kept):
        assert found.sources[0].every == "15m"
        assert found.outlets[0].options == (("instance", "https://mastodon.example"),)
        assert found.ways[0].when == 'not (text ~ "(?i)pub" or text ~ "(?i)jeu")'
        assert found.ways[0].text == "{title} {link}"
        assert "{feed_name} is no field" in said(found)
        assert SECRET not in repr(found)
    assert told.posted == ()
    assert [(one.guid, one.where, one.feed) for one in kept.posted] == [("urn:1", "mastodon", "https://a.example/rss")]


def test_venus_brings_its_feeds_and_the_entries_of_its_cache() -> None:
    found = read("venus", config__ini=VENUS, entry=VENUS_ENTRY)

    agence, anru = found.sources
    assert (agence.url, agence.title, agence.drop) == (
        "https://agence.example/rss?a=1:2",
        "L'agence",
        ('text ~ "(?i)publicité"',),
    )
    assert anru.keep == ('text ~ "ville|100%"',)
    assert found.posted == (
        Posted(
            "published by Planet Venus", "urn:1", "https://agence.example/1", "Un premier bilan",
            found.posted[0].at, feed="https://agence.example/rss",
        ),
    )  # fmt: skip
    assert "config.ini:15: filters = excerpt.py has no counterpart" in said(found)
    assert "config.ini:1: [planet] is about its own pages (face, name, cache_directory)" in said(found)


def test_miniflux_brings_rules_and_what_was_read() -> None:
    opml = '<opml version="2.0"><body><outline text="B" xmlUrl="https://b.example/rss"/><outline text="A" xmlUrl="https://a.example/rss"/></body></opml>'
    feeds = [{"feed_url": "https://a.example/rss", "title": "A", "blocklist_rules": "(?i)pub", "keeplist_rules": "", "crawler": True,
              "keep_filter_entry_rules": "EntryTitle=(?i)ville\nEntryDate=after:2026-01-01\nEntryDate=max-age:7d",
              "scraper_rules": "div.x", "password": SECRET}]  # fmt: skip
    entries = {"total": 2, "entries": [
        {"status": "read", "url": "https://a.example/1", "title": "Un", "changed_at": "2026-03-01T08:00:00Z", "feed": {"feed_url": "https://a.example/rss"}},
        {"status": "unread", "url": "https://a.example/2", "title": "Deux"}]}  # fmt: skip
    me = {"username": "camille", "block_filter_entry_rules": "EntryTag=Emploi", "keep_filter_entry_rules": ""}
    found = read("miniflux", feeds__opml=opml, feeds__json=feeds, entries__json=entries, me__json=me)

    everywhere = 'category ~ "Emploi"'
    pub = " or ".join(f'{field} ~ "(?i)pub"' for field in ("title", "url", "category", "author"))
    b, a = found.sources
    assert (a.keep, a.drop, a.fulltext) == (('title ~ "(?i)ville"', "published >= 2026-01-01"), (pub, everywhere), True)
    assert b.drop == (everywhere,)
    assert [one.title for one in found.posted] == ["Un"]
    assert "the rule “EntryDate=max-age:7d” has no counterpart" in said(found)
    assert "scraper_rules has no counterpart" in said(found)
    assert SECRET not in repr(found)
    assert all(rules.fault(rule) is None for one in found.sources for rule in (*one.keep, *one.drop))


def test_freshrss_brings_its_own_attributes() -> None:
    found = read("freshrss", feeds__opml=FRESHRSS)

    (one,) = found.sources
    assert (one.url, one.every, one.fulltext) == ("https://agence.example/rss", "60m", True)
    assert one.drop == (
        'title ~ "(?i)jeu" or title ~ "(?i)concours"',
        '(text ~ "(?i)offre") and (not (author ~ "(?i)Anne Martin"))',
        'category ~ "(?i)emploi"',
        'title ~ "(?i)^pub"',
    )
    assert "the search “date:P1D” has no counterpart" in said(found)
    assert "https://page.example/: a page read by HTML+XPath" in said(found)
    assert "frss:CURLOPT_COOKIE has no counterpart" in said(found)
    assert SECRET not in said(found)
    assert all(rules.fault(rule) is None for rule in one.drop)


def test_a_list_of_freshrss_that_is_not_well_formed_says_what_is_lost() -> None:
    found = read(
        "freshrss",
        feeds__opml='<opml><body>\n<outline text="A & B" xmlUrl="https://a.example/rss" frss:ttl="3600"/></body></opml>',
    )

    assert [(one.url, one.every) for one in found.sources] == [("https://a.example/rss", None)]
    assert "feeds.opml:2: this list is not well-formed" in said(found)


def test_freshrss_brings_what_was_read(tmp_path: Path) -> None:
    read_ = "user/-/state/com.google/read"
    items = [
        {
            "guid": "urn:1",
            "title": "Un",
            "canonical": [{"href": "https://a.example/1"}],
            "categories": [read_],
            "origin": {"feedUrl": "https://a.example/rss"},
        },
        {"guid": "urn:2", "title": "Deux", "categories": []},
    ]
    feed = [{"id": 4, "url": "https://a.example/rss", "name": "A"}]
    entry = {"guid": "urn:1", "link": "https://a.example/1", "title": "Un", "is_read": 1, "id_feed": 4}
    rows = database(tmp_path, feed=feed, entry=[entry, {**entry, "guid": "urn:2", "is_read": 0}])

    for found in (read("freshrss", starred__json={"items": items}), read("freshrss", db__sqlite=rows)):
        assert [(one.guid, one.url, one.feed) for one in found.posted] == [
            ("urn:1", "https://a.example/1", "https://a.example/rss")
        ]


def test_the_database_of_freshrss_is_written_as_html(tmp_path: Path) -> None:
    feed = [{"id": 4, "url": "https://a.example/rss?a=1&amp;b=2", "name": "L&#039;agence"}]
    entry = {
        "guid": "urn:1",
        "link": "https://a.example/?a=1&amp;b=2",
        "title": "A &amp; B",
        "is_read": 1,
        "id_feed": 4,
    }
    found = read("freshrss", db__sqlite=database(tmp_path, feed=feed, entry=[entry]))

    assert [(one.url, one.title) for one in found.sources] == [("https://a.example/rss?a=1&b=2", "L'agence")]
    assert [(one.url, one.title, one.feed) for one in found.posted] == [
        ("https://a.example/?a=1&b=2", "A & B", "https://a.example/rss?a=1&b=2")
    ]


POSTS: list[dict[str, Any]] = [
    {"id": "p1", "state": "PUBLISHED", "publishDate": "2026-03-01T08:00:00.000Z", "integrationId": "i1",
     "content": "<p>Un premier bilan</p> <a>https://agence.example/1?a=1&amp;b=2</a>."},
    {"id": "p2", "state": "QUEUE", "publishDate": "2026-03-02T08:00:00.000Z", "content": "https://agence.example/2"},
    {"id": "p3", "state": "ERROR", "publishDate": "2026-03-02T08:00:00.000Z", "content": "https://agence.example/3"},
]  # fmt: skip


def test_postiz_brings_what_was_published_where() -> None:
    places = [{"id": "i1", "providerIdentifier": "bluesky", "name": "blog.example", "token": SECRET},
              {"id": "i2", "providerIdentifier": "dribbble", "name": "B"}]  # fmt: skip
    autos = [{"url": "https://agence.example/rss", "lastUrl": "https://agence.example/9", "title": "L'agence"}]
    found = read("postiz", posts__json={"posts": POSTS}, integrations__json=places, auto__json=autos)

    first, last = found.posted
    assert (first.url, first.title, first.where) == ("https://agence.example/1?a=1&b=2", "Un premier bilan", "bluesky")
    assert last.url == "https://agence.example/9"
    assert found.outlets[0].options == (("handle", "blog.example"),)
    assert "1 posts wait in Postiz still" in said(found)
    assert "relay does not know the network dribbble" in said(found)
    assert SECRET not in repr(found)


def test_postiz_rows_may_be_csv() -> None:
    text = 'id,state,publishDate,content\np1,PUBLISHED,2026-03-01 08:00:00,"Un\nhttps://agence.example/1"\n'

    assert [one.url for one in read("postiz", posts__csv=text).posted] == ["https://agence.example/1"]


def test_huginn_ways_become_routes() -> None:
    found = read("huginn", scenario__json=HUGINN)

    assert [(one.url, one.every, one.keep) for one in found.sources] == [
        ("https://agence.example/rss", "30m", ('(title ~ "(?i)ville") and (category = "Logement")',)),
        ("https://anru.example/rss", "1d", ()),
    ]
    assert [(way.outlet, way.feeds, way.when, way.text) for way in found.ways] == [
        (
            "Poster",
            ("https://agence.example/rss",),
            '(title ~ "(?i)ville") and (category = "Logement")',
            "{title} {link}",
        ),
        ("Poster", ("https://anru.example/rss",), None, "{title} {link}"),
    ]
    assert "TriggerAgent “Odd”: its rule field>value on the JSONPath $.count has no counterpart" in said(found)
    assert "DataOutputAgent “Out”: relay has no counterpart" in said(found)
    assert SECRET not in repr(found)


def test_huginn_events_are_memory() -> None:
    events = [
        {
            "created_at": "2026-03-01T08:00:00.000Z",
            "payload": {"id": "urn:1", "url": "https://a.example/1", "title": "Un"},
        },
        {"payload": {}},
    ]

    assert [(one.guid, one.url) for one in read("huginn", events__json=events).posted] == [
        ("urn:1", "https://a.example/1")
    ]


@pytest.mark.parametrize(
    ("tool", "name", "body", "said"),
    [
        ("feed2toot", "a.ini", "[rss]\nuri=x\n  \n]broken\n", "a.ini:4: this line is no key with a value"),
        ("feed2toot", "cache.db", b"\0\1\2", "cache.db: this is neither a configuration of feed2toot nor its cache"),
        ("feed2fedi", "c.json", '{"feeds": [\n,', "c.json:2: this is no JSON: Expecting value"),
        ("feed2fedi", "c.json", "[]", "c.json: this is no configuration of Feed2Fedi: it has no list `feeds`"),
        (
            "feed2fedi",
            "c.db",
            b"SQLite format 3\0" + b"x" * 200,
            "c.db: this database cannot be read: file is not a database",
        ),
        ("feediverse", "f.yml", "a: [1\nb: }", "f.yml:2: this is no YAML"),
        ("feediverse", "f.yml", "a: &a [1]\nfeeds: [*a, *a]", "f.yml: it repeats parts of itself (*name)"),
        ("rss2toot", "r.dat", b"\0", "r.dat: this file holds the token: name the one beside it that ends in .dir"),
        ("rss2toot", "r.dir", "'a', (1, 2)\n__import__('os')", "r.dir:2: this is no index of rss2toot's cache"),
        (
            "feedecho",
            "e.json",
            '{"format": "feedecho-export", "version": 2}',
            "e.json: this export of FeedEcho is of another version",
        ),
        ("venus", "c.ini", "no section", "c.ini:1: this is no section of an INI file, nor in one"),
        ("venus", "entry", "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "entry: this document is a trap for parsers"),
        ("venus", "entry", "<entry>\n<a>", "entry:2: this is no entry of Venus' cache"),
        ("miniflux", "m.json", '{"a": 1}', "m.json: this is no answer of Miniflux's"),
        ("miniflux", "m.opml", "<html/>", "m.opml: This is not an OPML list"),
        ("freshrss", "f.json", "{}", "f.json: this is neither a list nor exported articles of FreshRSS"),
        ("postiz", "p.csv", "a,b\n1,2", "p.csv: this has no posts"),
        ("huginn", "h.json", "{}", "h.json: this is neither a scenario of Huginn"),
        ("huginn", "h.json", "[" * 100_000, "h.json: this JSON is not read"),
    ],
)
def test_a_file_that_is_none_of_these_is_refused_with_its_place(
    tool: str, name: str, body: bytes | str, said: str
) -> None:
    found = TOOLS[tool][2]([File(name, _bytes(body))])

    assert isinstance(found, Left)
    assert str(found).startswith(said)


def test_a_database_that_was_left_in_the_middle_of_its_log_is_read(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "x.db") as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE share (url TEXT, shared_ts INT)")
        db.execute("INSERT INTO share VALUES ('https://a.example/1', 1)")
        db.commit()
    db.close()

    assert len(read("feed2fedi", c__db=(tmp_path / "x.db").read_bytes()).posted) == 1


def test_a_table_with_more_rows_than_are_read_is_not_read_by_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MOST", 2)
    body = database(tmp_path, "share", [{"url": f"https://a.example/{number}", "shared_ts": 1} for number in range(3)])
    found = TOOLS["feed2fedi"][2]([File("c.db", body)])

    assert str(found) == "c.db: its table `share` has more than 2 rows, which is more than is read"


def test_half_a_character_and_none_are_read_as_what_can_be_written() -> None:
    found = read("miniflux", feeds__json=b'[{"feed_url": "https://a.example/rss", "title": "caf\\ud83d \\u0000!"}]')
    told = read(
        "feediverse", f__yml='feeds: [{url: https://a.example/rss, template: "\\ud83d {title}"}]\nurl: a.example'
    )

    assert found.sources[0].title == "caf\ufffd !"
    assert told.ways[0].text == "\ufffd {title}"
