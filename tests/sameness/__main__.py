"""``python -m tests.sameness`` prints the figures, and the pairs that are told wrongly."""

from tests.sameness.measure import labelled, measure

figures = measure()
for name in ("same", "apart"):
    print(f"{len(labelled(name))} pairs {name}")  # noqa: T201  # it is a command
print(f"precision {figures.precision:.3f}  recall {figures.recall:.3f}")  # noqa: T201
for what, pairs in (("wrong", figures.wrong), ("missed", figures.missed)):
    for pair in pairs:
        print(f"{what:7}", *pair, sep="  ")  # noqa: T201
