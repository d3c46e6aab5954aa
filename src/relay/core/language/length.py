"""How long a text is, as each network counts it, and whether it takes it."""

from dataclasses import dataclass, replace

from relay.core.account import Limits, Unit
from relay.core.counting.emoji import as_bytes
from relay.core.counting.weighted import weighted
from relay.core.language.text import Span, graphemes, spans
from relay.core.thread import parts


@dataclass(frozen=True, slots=True)
class Count:
    """How much of one unit a text uses."""

    unit: Unit
    used: int
    max: int

    @property
    def fits(self) -> bool:
        """Whether the text is short enough in this unit."""
        return self.used <= self.max


def measure(text: str, limits: Limits, warning: str = "") -> tuple[Count, ...]:
    """The length of ``text`` in every unit that ``limits`` names: of its longest post, where it is a thread."""
    before = warning if limits.counts_warning else ""
    posts = [before + _as_counted(post, limits) for post in (parts(text) if limits.threads else (text,))]
    return tuple(Count(unit, max(_size(post, unit) for post in posts), most) for unit, most in limits.text)


def beside(warning: str, limits: Limits) -> Limits:
    """The room that a content warning leaves to the text, where both count together."""
    if not limits.counts_warning:
        return limits
    left = tuple((unit, max(most - _size(warning, unit), 0)) for unit, most in limits.text)
    return replace(limits, text=left)


def fits(text: str, limits: Limits) -> bool:
    """Whether a network with these limits takes this text."""
    return all(count.fits for count in measure(text, limits))


def _as_counted(text: str, limits: Limits) -> str:
    if limits.link_cost is None and not limits.local_mentions:
        return text
    parts, end = [], 0
    for span in spans(text):
        parts += [text[end : span.start], _span_as_counted(span, limits)]
        end = span.end
    return "".join([*parts, text[end:]])


def _span_as_counted(span: Span, limits: Limits) -> str:
    if span.kind == "link" and limits.link_cost is not None:
        return "x" * limits.link_cost
    is_local = span.kind == "mention" and limits.local_mentions
    return "@" + span.text[1:].partition("@")[0] if is_local else span.text


def _size(text: str, unit: Unit) -> int:
    match unit:
        case "graphemes":
            return graphemes(text)
        case "bytes":
            return len(text.encode("utf-8", "surrogatepass"))
        case "code points":
            return len(text)
        case "utf-16":
            return len(text.encode("utf-16-le", "surrogatepass")) // 2
        case "weighted":
            return weighted(text)
        case "emoji as bytes":
            return as_bytes(text)
