"""The score table of ``docs/polling.md``, from what pytest wrote of each reader (``--junitxml``).

``python -m tests.polling.score docs/polling.md relay=relay.xml reader=reader.xml``; ``.ci/score`` does all of it.
"""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lxml import etree

from tests.polling.rules import RULES

BEGIN, END = "<!-- score: .ci/score writes this -->", "<!-- score ends -->"
RULE = re.compile(r"test_([a-g]\d+)_")
TROUBLE = "failure | error | skipped"


def main(words: Sequence[str]) -> int:
    """Write the table, and print how many rules each reader keeps; 1 if the first one breaks any."""
    page, *reports = words
    results = {name: outcomes(Path(file)) for name, _, file in (report.partition("=") for report in reports)}
    kept = {name: sum(mark(found.get(rule, ())) == "yes" for rule in RULES) for name, found in results.items()}
    written = into(Path(page).read_text(encoding="utf-8"), table(results, kept))
    Path(page).write_text(written, encoding="utf-8")
    sys.stdout.write("".join(f"{name} keeps {number} of {len(RULES)} rules\n" for name, number in kept.items()))
    return 0 if next(iter(kept.values())) == len(RULES) else 1


def outcomes(report: Path) -> dict[str, list[bool]]:
    """For each rule, which of its tests passed. A run that left a rule out broke off, and scores nothing."""
    found: dict[str, list[bool]] = {}
    for case in etree.parse(report).iter("testcase"):
        if rule := RULE.match(case.get("name", "")):
            found.setdefault(rule[1].upper(), []).append(not case.xpath(TROUBLE))
    if missing := set(RULES) - set(found):
        raise SystemExit(
            f"{report} has no test of {', '.join(sorted(missing))}: that run broke off, see what it printed."
        )
    return found


def mark(passed: Sequence[bool]) -> str:
    """A rule is kept when all its tests pass."""
    if not any(passed):
        return "no"
    return "yes" if all(passed) else f"in part ({sum(passed)} of {len(passed)})"


def table(results: Mapping[str, Mapping[str, Sequence[bool]]], kept: Mapping[str, int]) -> str:
    """Markdown: a rule a line, a reader a column."""
    return "\n".join(_lines(results, kept))


def into(page: str, table: str) -> str:
    """The page with the table between its marks."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{table}\n\n{END}{rest.partition(END)[2]}"


def _lines(results: Mapping[str, Mapping[str, Sequence[bool]]], kept: Mapping[str, int]) -> Iterator[str]:
    yield f"| rule | what it asks | {' | '.join(results)} |"
    yield f"|---|---|{'---|' * len(results)}"
    for rule, words in RULES.items():
        marks = [mark(found.get(rule, ())) for found in results.values()]
        yield f"| {rule} | {words} | {' | '.join(marks)} |"
    yield f"| | **kept of {len(RULES)}** | {' | '.join(f'**{number}**' for number in kept.values())} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
