"""Files of other tools, after their documentation."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

FEED2TOOT = """[mastodon]
instance_url=https://mastodon.example/
user_credentials=/etc/user
client_credentials=/etc/client
; a remark
toot_visibility=unlisted

[rss]
uri_list=/etc/feeds.txt
addtags=False
toot={title:.80} {link} {published}
title_pattern=Logement 100%%
id_pattern=x
title_pattern_case_sensitive=true

[cache]
cachefile=/var/lib/cache.db
cache_limit=100
[hashtaglist]
several_words_hashtags_list=/etc/hashtags.txt
"""
VENUS = """[planet]
name = Planète
cache_directory = cache
filter = ville|100%

[DEFAULT]
face = none

[https://agence.example/rss?a=1:2]
name = L'agence
filter = .
exclude = (?i)publicité

[https://anru.example/rss]
filters = excerpt.py
"""
VENUS_ENTRY = """<?xml version="1.0" encoding="utf-8"?>
<entry xmlns="http://www.w3.org/2005/Atom" xmlns:planet="http://planet.intertwingly.net/">
  <id>urn:1</id><link href="https://agence.example/1" rel="alternate"/>
  <title>Un premier
  bilan</title><updated>2026-03-01T08:00:00Z</updated>
  <source><link href="https://agence.example/rss" rel="self"/></source>
</entry>"""
FRESHRSS = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0" xmlns:frss="https://freshrss.org/opml"><head><title>FreshRSS</title></head><body>
<outline text="Villes">
<outline text="L'agence" type="rss" xmlUrl="https://agence.example/rss" frss:ttl="3600" frss:cssFullContent="article"
 frss:CURLOPT_COOKIE="kept-in-an-envelope" frss:filtersActionRead="intitle:jeu OR intitle:concours&#10;offre -author:'Anne Martin'&#10;#emploi&#10;intitle:/^pub/i&#10;date:P1D"/>
<outline text="Page" type="HTML+XPath" xmlUrl="https://page.example/" frss:xPathItem="//article"/>
</outline></body></opml>"""
HUGINN = {
    "schema_version": 1,
    "name": "Veille",
    "agents": [
        {"type": "Agents::RssAgent", "name": "Agence", "options": {"url": "https://agence.example/rss"}, "schedule": "every_30m"},
        {"type": "Agents::TriggerAgent", "name": "Villes", "options": {"rules": [
            {"type": "regex", "value": "ville", "path": "title"},
            {"type": "field==value", "value": "Logement", "path": "$.categories[*]"}], "keep_event": "true"}},
        {"type": "Agents::MastodonPublishAgent", "name": "Poster", "options": {
            "access_token": "kept-in-an-envelope", "instance": "https://mastodon.example", "message": "{{ title }} {{ url }}"}},
        {"type": "Agents::RssAgent", "name": "Anru", "options": {"url": ["https://anru.example/rss"]}, "schedule": "every_1d"},
        {"type": "Agents::DeDuplicationAgent", "name": "Once", "options": {}},
        {"type": "Agents::TriggerAgent", "name": "Odd", "options": {"rules": [{"type": "field>value", "value": "3", "path": "$.count"}]}},
        {"type": "Agents::DataOutputAgent", "name": "Out", "options": {"secrets": ["kept-in-an-envelope"]}},
    ],
    "links": [{"source": 0, "receiver": 1}, {"source": 1, "receiver": 2}, {"source": 3, "receiver": 4},
              {"source": 4, "receiver": 2}, {"source": 3, "receiver": 5}, {"source": 4, "receiver": 4}],
}  # fmt: skip


def database(
    folder: Path, name: str = "", rows: Sequence[dict[str, Any]] = (), **tables: Sequence[dict[str, Any]]
) -> bytes:
    """The bytes of a SQLite database with these rows in these tables."""
    file = folder / f"{uuid4()}.db"
    with closing(sqlite3.connect(file)) as db:
        for table, some in {**({name: rows} if name else {}), **tables}.items():
            columns = list(some[0])
            db.execute(f'CREATE TABLE "{table}" ({", ".join(columns)})')
            marks = ", ".join("?" * len(columns))
            into = f'INSERT INTO "{table}" VALUES ({marks})'  # noqa: S608  # names of ours
            db.executemany(into, [[one.get(column) for column in columns] for one in some])
        db.commit()
    return file.read_bytes()
