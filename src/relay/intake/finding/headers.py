"""The feeds that an answer's ``Link`` headers name (RFC 8288 §3)."""

import re
from collections.abc import Iterable, Iterator

from relay.intake.finding.kinds import is_feed
from relay.intake.reading import fields

_LINK = re.compile(
    r"<([^<>]{1,2000})>((?:\s*;\s*[\w*!#$%&+.^`|~-]{1,40}(?:\s*=\s*(?:\"[^\"]{0,500}\"|[^\s,;\"]{0,500}))?)*)"
)
_PARAMETER = re.compile(r";\s*([\w*-]{1,40})\s*=\s*(?:\"([^\"]*)\"|([^\s,;\"]*))")


def named(headers: Iterable[str], url: str) -> Iterator[str]:
    """The addresses with ``rel=alternate`` and a feed's type, relative to the ``url`` that answered (§3.2)."""
    for target, written in (match.groups() for header in headers for match in _LINK.finditer(header[:20_000])):
        about = {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(written)}
        found = fields.address(url, target)
        if found and is_feed(about.get("rel"), about.get("type"), found):
            yield found
