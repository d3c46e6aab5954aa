"""Slack's three signs (& < >), and how a text that was posted looks when it is read back."""

import html
import re

_WRITTEN = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>")


def escaped(text: str) -> str:
    """``text`` without a sign that Slack would read: no "<!channel>" calls anybody."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def is_same(read: str, posted: str) -> bool:
    """Whether a message read back is the one ``posted``: Slack sets its links between angle brackets."""
    return _words(read) == _words(posted)


def _words(text: str) -> list[str]:
    return html.unescape(_WRITTEN.sub(r"\1", text)).split()
