"""Emoji as one sign each, in the sequences that Unicode recommends (UTS 51), for networks that count them apart."""

import regex

_MODIFIED = r"\p{Emoji_Modifier_Base}\p{Emoji_Modifier}"
_ONE = rf"(?:{_MODIFIED}|[\p{{Emoji_Presentation}}\p{{Extended_Pictographic}}]\ufe0f?)"
_FLAG = r"\p{Regional_Indicator}{2}|🏴[\U000e0061-\U000e007a]+\U000e007f"
EMOJI = regex.compile(rf"{_FLAG}|[0-9#*]\ufe0f?\u20e3|{_ONE}(?:\u200d{_ONE})*")


def as_bytes(text: str) -> int:
    """Threads' count, whose most is 500: code points, an emoji as the number of its bytes in UTF-8."""
    if text.isascii():
        return len(text)
    found = EMOJI.findall(text)
    return len(text) + sum(len(one.encode()) - len(one) for one in found)
