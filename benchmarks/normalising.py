"""What it costs to make posts of entries, beside what it costs nh3 to clean the same HTML (goal P11: ≤ 5 times).

    python -m benchmarks.normalising [ENTRIES]

Both sides in turn, medians of the rounds, CPU seconds. With the corpora beside the project the HTML is that of real
feeds, else it is made up. Excerpt, typography, hashtags and handles are in; finding related posts is measured apart.
"""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import process_time

import nh3

from relay.core.document import ParsedEntry
from relay.core.markup.html import sanitise
from relay.core.normalise import Home, normalise
from relay.core.source import Source
from relay.intake.parse import parse

ROUNDS = 7
GOAL = 5.0
CORPORA = Path(__file__).resolve().parents[1].parent / "shared" / "corpora"
NOW = datetime(2026, 10, 1, tzinfo=UTC)
PARAGRAPH = (
    "<p>Le programme « Action Cœur de Ville » concerne <b>222 villes</b> : l'État y consacre 5 milliards d'euros, dont "
    '12 % au logement. <a href="https://exemple.fr/carte">Voir la carte</a> des territoires au 1er janvier.</p>'
    "<ul><li>un centre de formation ;</li><li>une maison de services au public.</li></ul>"
)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    entries = list(islice(cycle(real() or made_up()), count))
    size = sum(len(entry.content_html or "") for entry in entries)
    own, floor, safe = [], [], []
    for _ in range(ROUNDS):
        floor.append(cleaning(entries))
        safe.append(sanitising(entries))
        own.append(normalising(entries))
    print(f"{count:,} entries, {size / count / 1024:.1f} KiB of HTML each")
    print(f"nh3 cleans       {1e3 * median(floor) / count:.3f} ms an entry")
    print(f"relay sanitises  {1e3 * median(safe) / count:.3f} ms an entry (nh3 too, with every address made absolute)")
    print(f"relay normalises {1e3 * median(own) / count:.3f} ms an entry, {count / median(own):,.0f} entries a second")
    print(
        f"ratio {median(own) / median(floor):.1f} (goal {GOAL:.0f}), "
        f"to relay's own sanitising {median(own) / median(safe):.1f}"
    )


def real() -> list[ParsedEntry]:
    """Entries of French feeds with 1 to 8 KiB of HTML, in the order of their files."""
    files = sorted(CORPORA.glob("french/*/*.xml")) + sorted(CORPORA.glob("french-press/presse/*.xml"))
    feeds = (parse(file.read_bytes(), "https://exemple.fr/", None) for file in files)
    entries = [replace(entry, language="fr") for feed in feeds for entry in feed.entries]
    return [entry for entry in entries if 1_024 <= len(entry.content_html or "") <= 8_192]


def made_up() -> list[ParsedEntry]:
    html = [sanitise(PARAGRAPH * number, "https://exemple.fr/") for number in range(3, 20)]
    return [
        ParsedEntry(None, f"https://exemple.fr/{len(one)}", "Un titre", content_html=one, language="fr") for one in html
    ]


def cleaning(entries: list[ParsedEntry]) -> float:
    cleaner = nh3.Cleaner()
    start = process_time()
    for entry in entries:
        cleaner.clean(entry.content_html or "")
    return process_time() - start


def sanitising(entries: list[ParsedEntry]) -> float:
    start = process_time()
    for entry in entries:
        sanitise(entry.content_html or "", "https://exemple.fr/")
    return process_time() - start


def normalising(entries: list[ParsedEntry]) -> float:
    source, home = (
        Source(id="exemple", url="https://exemple.fr/flux", attribution="Source : Exemple"),
        Home("blog.exemple.fr", None),
    )
    start = process_time()
    for entry in entries:
        normalise(entry, source, home, "un-nom", (), NOW)
    return process_time() - start


if __name__ == "__main__":
    main()
