"""``python -m tests.related`` prints the three figures, ``-v`` also what was named wrongly."""

import sys

from tests.related.measure import by_subject, by_title_words, latest_of_the_source, measure

for way in (by_subject, by_title_words, latest_of_the_source):
    figures = measure(way)
    print(  # noqa: T201  # it is a command
        f"{way.__name__:22} precision {figures.precision:.3f}  recall {figures.recall:.3f}"
        f"  wrong {len(figures.wrong):3}, of which beside posts about nothing else {figures.alone}"
    )
    for pair in figures.wrong if "-v" in sys.argv and way is by_subject else ():
        print("   ", *pair)  # noqa: T201
