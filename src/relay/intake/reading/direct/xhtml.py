"""XHTML in a document, as feedparser writes it: without prefixes, every element with its end."""

from typing import Any
from xml.sax.saxutils import escape

from relay.intake.reading.direct.elements import ELEMENTS, ENDS, UNSURE
from relay.intake.reading.direct.gathering import pour
from relay.intake.reading.direct.names import Names
from relay.intake.reading.direct.state import State
from relay.intake.reading.direct.unsure import Unsure

_QUOTED = {'"': "&quot;"}


def write(state: State, names: Names, element: Any) -> None:
    """The element with all that is in it, for the text that is being gathered."""
    name, _ = names.of(element.tag)
    local = element.tag.rpartition("}")[2].lower()
    if name in ELEMENTS or name in ENDS or name in UNSURE or local in {"svg", "math"}:
        raise Unsure
    pieces = state.opened[-1].pieces
    pieces.append(f"<{local}{_attributes(names, element)}>")
    pour(state, element.text)
    for child in element:
        write(state, names, child)
        pour(state, child.tail)
    pieces.append(f"</{local}>")


def _attributes(names: Names, element: Any) -> str:
    if any(name[0] == "{" and not name.startswith("{http://www.w3.org/XML/") for name in element.attrib):
        raise Unsure
    return "".join(f' {name}="{escape(value, _QUOTED)}"' for name, value in names.attributes(element).items())
