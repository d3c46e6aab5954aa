"""``python -m tests.walk`` prints how large the state machine is, and whether its four promises hold everywhere."""

import sys

from tests.walk.walking import PROMISES, broken, figures, walk

found = walk()
wrong = broken(found)
print(", ".join(f"{number} {name}" for name, number in figures(found).items()))  # noqa: T201  # it is a command
for name, promise in PROMISES.items():
    print(f"{name} {promise}: {'BROKEN: ' + wrong[name] if name in wrong else 'holds'}")  # noqa: T201
sys.exit(bool(wrong))
