"""Reading the files of cases: an entry as its source writes it, and what an editor would print of it.

    == what the case is about
    title: …            (optional, as are summary: and language:)
    <p>what the source wrote</p>
    --> the lead
    <p>the body, a block a line</p>

⍽ is a no-break space, ⎵ a narrow one; {7*words} stands for the words seven times, ¶ in them for the end of a line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from relay.core.document import ParsedEntry
from relay.core.markup.html import sanitise, to_text

HERE = Path(__file__).parent
BASE = "https://exemple.fr/"


@dataclass(frozen=True)
class Case:
    """``name`` has the file's name before it; ``body`` is HTML, a block a line."""

    name: str
    entry: ParsedEntry
    language: str
    lead: str
    body: str


def cases() -> Iterator[Case]:
    """All of them, in the order of the files."""
    for file in sorted(HERE.glob("*.txt")):
        text = file.read_text("utf-8")
        for part in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
            yield _case(file.stem, part)


def _case(theme: str, part: str) -> Case:
    name, _, rest = part.partition("\n")
    given, _, expected = f"\n{rest}".partition("\n-->")
    lead, _, body = expected.partition("\n")
    fields = dict(re.findall(r"^(title|summary|language): (.*)$", given, re.MULTILINE))
    html = _whole(re.sub(r"^(?:title|summary|language): .*\n?", "", given, flags=re.MULTILINE)).strip()
    summary = (
        to_text(fields["summary"].replace("\\n\\n", "<p>").replace("\\n", "<br>")) if "summary" in fields else None
    )
    entry = ParsedEntry(None, None, fields.get("title", "Titre"), summary, sanitise(html, BASE) or None)
    return Case(
        f"{theme}: {name}", entry, fields.get("language", "fr"), _whole(lead).strip(" "), _whole(body).strip("\n ")
    )


def _whole(text: str) -> str:
    long = re.sub(r"\{(\d+)\*([^{}]*)\}", lambda match: match[2] * int(match[1]), text)
    return long.replace("⍽", "\u00a0").replace("⎵", "\u202f").replace("¶", "\n")
