"""The figures of relay and of feedparser side by side, and the reasons where relay reads otherwise.

Run it by ``.venv/bin/python -m tests.corpora.report``; ``docs/reading.md`` holds what it prints.
"""

import re
import sys

from tests.corpora.corpus import CORPORA, DIFFERENCES, printed

PASSED = re.compile(r"^([\w-]+)[\w ]*: passed (\d+) of (\d+)", re.MULTILINE)
RUNS = (
    ("run_neutral.py", "neutral", ("--lenient",)),
    ("run_robust.py", "neutral", ()),
    ("run_feedparser.py", "own", ()),
    ("run_values.py", "neutral", ("--corpus", "encodings")),
    ("run_values.py", "date", ("--corpus", "dates")),
    ("run_hostile.py", "neutral", ()),
)
RELAY = {
    "neutral": "tests.corpora.neutral:neutral",
    "own": "tests.corpora.feedparser_shape:raw",
    "date": "relay.intake.dates:parse",
}
FEEDPARSER = {
    "neutral": "base_feedparser:neutral",
    "own": "base_feedparser:raw",
    "date": "base_values:date_feedparser",
}


def figures() -> str:
    """How many cases of each corpus pass, as a table."""
    lines = ["| corpus | cases | feedparser | relay |", "|---|---|---|---|"]
    for runner, shape, options in RUNS:
        theirs, ours = (PASSED.findall(printed(runner, side[shape], *options)) for side in (FEEDPARSER, RELAY))
        lines += [
            f"| {name} | {cases} | {their[1]} | {our} |" for their, (name, our, cases) in zip(theirs, ours, strict=True)
        ]
    return "\n".join(lines)


def reasons() -> str:
    """Each reason with the cases that it is for, then what relay keeps nothing of."""
    lines = []
    for one in DIFFERENCES["difference"]:
        cases = (f"{corpus} {len(ids)}" for corpus, ids in one.items() if corpus != "why")
        lines.append(f"- {one['why']} ({', '.join(cases)})")
    kept = dict.fromkeys(DIFFERENCES["not_kept"].values())
    return "\n".join([*lines, "", "relay keeps nothing of: " + "; ".join(kept) + "."])


if __name__ == "__main__":
    sys.stdout.write(f"{figures()}\n\n" if CORPORA.is_dir() else "")
    sys.stdout.write(f"{reasons()}\n")
