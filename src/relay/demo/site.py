"""The demo's configuration: a file like any other, so that `--keep` leaves something to learn from."""

from pathlib import Path

from relay.demo.far_ends import NONE, FarEnds

DATABASE = "relay.db"

TEMPLATE = """\
# The demo's configuration, written by `relay demo`. `relay check --config {folder}/relay.toml` reads it like any other.
version  = 1
timezone = "Europe/Paris"
language = "fr"

[service]
listen     = "{host}:{port}"
public_url = "http://{name}:{port}"
database   = "{folder}/{database}"
feeds      = "{folder}/feeds"
allow      = ["127.0.0.1", "localhost"]   # the sample sources and sandbox networks are on this machine

# ── 1. Where the news comes from: two sample sources ──
[sources.cget]
url         = "{agency}"
every       = "5m"
attribution = "Source : CGET"
mentions    = ["cget", "min-territoires"]
hashtags    = ["SMCL"]
backlog     = "latest 3"          # a real source begins with "none": nothing old is announced

[sources.ville]
url         = "{town}"
every       = "5m"
attribution = "Source : Ville de Vaubrune"
mentions    = ["vaubrune"]
backlog     = "latest 1"

# ── 2. What we publish ──
[feeds.blog]
title          = "Politique de la ville — veille"
from           = ["cget", "ville"]
link           = "http://{name}:{port}/feeds/blog/"
formats        = ["atom", "rss", "json", "html"]
title_template = "{{title}} {{mentions:x}} {{hashtags}}"

# ── 3. Who is who, on each network ──
[handles.cget]
name     = "CGET"
x        = "@CGET_gouv"
mastodon = "@cget@social.exemple.fr"

[handles.min-territoires]
name = "ministère de la Cohésion des territoires"
x    = "@Min_Territoires"

[handles.vaubrune]
name    = "Ville de Vaubrune"
x       = "@VilleVaubrune"
bluesky = "@vaubrune.exemple.fr"

# ── 4. Where it may be announced: two sandboxes ──
[accounts.masto]
network  = "sandbox"
imitates = "mastodon"
server   = "{timelines}"
name     = "Veille Politique de la ville"

[accounts.bsky]
network  = "sandbox"
imitates = "bluesky"
server   = "{timelines}"
name     = "Veille Politique de la ville"
{others}
# ── 5. Who says yes ──
[approvals.relecture]
steps = ["editor"]
self  = true                      # one editor only, so their own words too
undo  = "5s"

# ── 6. Routes ──
[[routes]]
from     = ["cget", "ville"]
to       = [{to}]
approval = "relecture"
text     = "{{title}}\\n\\n{{lead:200}}\\n\\n{{mentions}} {{hashtags}}\\n{{link}}"
"""


def write(
    folder: Path, listen: tuple[str, int], sources: tuple[str, str], timelines: str, others: FarEnds = NONE
) -> Path:
    """Write the configuration into ``folder``: (host, port) to listen on, the sources' feeds, the sandbox's address.

    ``others`` are accounts beside the two of the sandbox.
    """
    host, port = listen
    file = folder / "relay.toml"
    text = TEMPLATE.format(
        folder=folder.as_posix(),
        database=DATABASE,
        host=host,
        port=port,
        name="127.0.0.1" if host in {"0.0.0.0", "::"} else host,  # noqa: S104  # compared, not bound
        agency=sources[0],
        town=sources[1],
        timelines=timelines,
        others=f"\n{others.accounts}" if others.accounts else "",
        to=", ".join(f'"{id}"' for id in ("masto", "bsky", *others.ids)),
    )
    file.write_text(text, encoding="utf-8")
    return file
