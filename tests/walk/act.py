"""One thing that can happen, and what is true of the world then."""

from collections.abc import Callable
from dataclasses import dataclass

from relay.core.crosspost import Crosspost
from tests.walk.model import Node, Truth, said_anew

Step = Callable[[Crosspost], Crosspost | None]


@dataclass(frozen=True, slots=True)
class Act:
    """What happens, to which the code says where it leads (``None``, or a ``Refusal``: nowhere), and what is true then."""

    name: str
    step: Step
    then: Callable[[Crosspost, Crosspost, Truth], Truth] = lambda old, new, truth: said_anew(truth, old, new, "")
    is_possible: Callable[[Node], bool] = lambda _: True
