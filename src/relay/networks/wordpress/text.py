"""A text as WordPress stores it: what its filters would read or beautify stands as numbers of characters."""

import re

from relay.networks.writing.paragraphs import paragraphs

_READ = re.compile(r"[&<>\"'`\[\]:;()-]|\.(?=\.)|(?<=\.)\.|(?<=\d)x(?=\d)|(?<=Word)p(?=ress)|(?<!\S)8(?=O)")
"""HTML, shortcodes, smileys, and what ``wptexturize`` and ``capital_P_dangit`` set in another way."""
_BLOCK = "<!-- wp:paragraph -->\n<p>{}</p>\n<!-- /wp:paragraph -->"


def content(text: str) -> str:
    """Blocks of paragraphs, so that no paragraph is made of a line; a link is one, and is not embedded."""
    return "\n\n".join(_BLOCK.format(one) for one in paragraphs(text, escaped))


def escaped(text: str) -> str:
    """``text`` as readers shall see it, sign by sign."""
    return _READ.sub(lambda found: f"&#{ord(found.group())};", text)
