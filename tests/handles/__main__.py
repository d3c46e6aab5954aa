"""``python -m tests.handles`` prints how well bodies are found in each labelled set, and every mistake."""

from tests.handles.measure import SETS, measure

for name in SETS:
    figures = measure(name)
    print(  # noqa: T201  # it is a command
        f"{name}: {figures.sentences} sentences, {figures.named} bodies named:"
        f" precision {figures.precision:.4f}, recall {figures.recall:.4f}"
    )
    for mistake in figures.mistakes:
        print("  ", mistake)  # noqa: T201
