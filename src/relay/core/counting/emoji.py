"""Emoji as one sign each, for networks that count them apart: the sequences that Unicode recommends (Emoji 15.0).

What is no such sequence is counted sign by sign, as these networks do: so is what is newer, and then it counts too much
rather than too little.
"""

from functools import lru_cache

import regex

_SKIN = "[🏻-🏿]"
_ACTING = "🏃🏄🏊👮👰👱👳👷💁💂💆💇🙅🙆🙇🙋🙍🙎🚣🚴🚵🚶🤦🤵🤷🤸🤹🤽🤾🦸🦹🧍🧎🧏🧔🧖🧗🧘🧙🧚🧛🧜🧝"
_GENDERED = rf"(?:[⛹🏋🏌🕵](?:{_SKIN}|\ufe0f)?|[{_ACTING}]{_SKIN}?|[🧞🧟👯🤼])\u200d[♀♂]\ufe0f?"
_WORK = rf"[👨👩🧑]{_SKIN}?\u200d(?:[🦰🦱🦲🦳🎓🏫🌾🍳🔧🏭💼🔬💻🎤🎨🚀🚒🍼🦯🦼🦽]|[⚕⚖✈]\ufe0f?)|🧑{_SKIN}?\u200d🎄"
_FAMILY = r"(?:👨\u200d[👨👩]|👩\u200d👩|[👨👩])\u200d(?:👧\u200d[👦👧]|👦\u200d👦|[👦👧])"
_HEART = r"\u200d❤\ufe0f?\u200d(?:💋\u200d)?"
_BOTH = rf"(?P<skin>{_SKIN})"
_OTHER = rf"(?!(?P=skin)){_SKIN}"
"""Where two of one skin have an emoji of their own, there is no sequence of them."""
_COUPLE = (
    rf"👩{_HEART}[👨👩]|👨{_HEART}👨|(?:👩{_SKIN}{_HEART}[👨👩]|👨{_SKIN}{_HEART}👨){_SKIN}|🧑{_BOTH}{_HEART}🧑{_OTHER}"
)
_ALIKE = rf"🧑\u200d🤝\u200d🧑|🧑{_SKIN}\u200d🤝\u200d🧑{_SKIN}"
_HANDS = rf"{_ALIKE}|(?:👩{_BOTH}\u200d🤝\u200d[👨👩]|👨{_BOTH}\u200d🤝\u200d👨|🫱{_BOTH}\u200d🫲){_OTHER}"
_FACES = r"😶\u200d🌫\ufe0f?|😮\u200d💨|😵\u200d💫|❤\ufe0f?\u200d[🔥🩹]|👁\ufe0f?\u200d🗨\ufe0f?"
_THINGS = r"🐕\u200d🦺|[🐈🐦]\u200d⬛|🐻\u200d❄\ufe0f?|🏳\ufe0f?\u200d(?:🌈|⚧\ufe0f?)|🏴\u200d☠\ufe0f?"
_JOINED = f"{_GENDERED}|{_WORK}|{_FAMILY}|{_COUPLE}|{_HANDS}|{_FACES}|{_THINGS}"

_COUNTRIES = """
ACDEFGILMOQRSTUWXZ BABDEFGHIJLMNOQRSTVWYZ CACDFGHIKLMNOPRUVWXYZ DEGJKMOZ EACEGHRSTU FIJKMOR GABDEFGHILMNPQRSTUWY
HKMNRTU ICDELMNOQRST JEMOP KEGHIMNPRWYZ LABCIKRSTUVY MACDEFGHKLMNOPQRSTUVWXYZ NACEFGILOPRUZ OM PAEFGHKLMNRSTWY QA REOSUW
SABCDEGHIJKLMNORSTVXYZ TACDFGHJKLMNORTVWZ UAGMNSYZ VACEGINU WFS XK YET ZAMW
"""
"""The flags there are: the first letter of each group, followed by every second letter that it goes with."""
_NATIONS = "gbeng gbsct gbwls"

_SIGN = r"[\p{Emoji}--\p{Emoji_Presentation}--[0-9#*]]\ufe0f?|[\p{Emoji_Presentation}&&[\u2000-\uffff🀄🈚🈯]]\ufe0f?"
"""Some that are pictures of themselves have U+FE0F behind them from many a keyboard, and X takes both as one."""


@lru_cache(maxsize=1)
def emoji() -> "regex.Pattern[str]":
    """A pattern of one emoji; made when it is needed, for it is long."""
    letters = {chr(ord("A") + place): chr(0x1F1E6 + place) for place in range(26)}
    flags = (f"{letters[group[0]]}[{''.join(letters[two] for two in group[1:])}]" for group in _COUNTRIES.split())
    tags = ("".join(chr(0xE0000 + ord(letter)) for letter in nation) for nation in _NATIONS.split())
    nations = rf"🏴(?:{'|'.join(tags)})\U000e007f"
    single = rf"[0-9#*]\ufe0f?\u20e3|\p{{Emoji_Modifier_Base}}{_SKIN}|{_SIGN}|\p{{Emoji_Presentation}}|[🇦-🇿]"
    return regex.compile("|".join((_JOINED, nations, *flags, single)), regex.VERSION1)


def as_bytes(text: str) -> int:
    """Threads' count, whose most is 500: code points, an emoji as the number of its bytes in UTF-8."""
    if text.isascii():
        return len(text)
    found = (match[0] for match in emoji().finditer(text))
    return len(text) + sum(len(one.encode()) - len(one) for one in found)
