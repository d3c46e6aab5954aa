"""The pictures that an entry may have, as ``relay try`` names them."""

from collections.abc import Iterator, Sequence

from relay.core.document import ParsedEntry
from relay.core.pictures.candidate import Standing
from relay.core.pictures.ranking import candidates, rank, repeated_in


def told(entry: ParsedEntry, others: Sequence[ParsedEntry]) -> Iterator[str]:
    """A line each, in the order in which relay would look at them; ``others`` are the entries of the document."""
    for one in rank(candidates(entry), repeated_in(others)):
        why = f" — passed over: {one.why}" if one.standing is Standing.PASSED else ""
        yield f"   picture {one.place + 1}: {one.picture.url}{why}"
