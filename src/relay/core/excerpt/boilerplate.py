"""What stands around an article and is none of it: calls to read on, to share, to subscribe; credits; feeds' tails."""

from functools import lru_cache
from html import unescape

import regex

from relay.core.excerpt.notices import BUTTON, NOTICE
from relay.core.excerpt.phrases import (
    AFTERWARDS,
    CALLS,
    DATELINE,
    FIRST,
    FURTHER,
    LAST_WORDS,
    TAIL,
    TAIL_BEHIND,
    WHOLE,
    Phrase,
    any_of,
)
from relay.core.markup.html import Block, plain

LONGEST = 400
"""Code points; nothing longer is boilerplate, whatever it begins with."""
_SHORT = 240
"""Of a whole that is looked at."""
_SENTENCE = 50
"""Of a link that ends with a full stop: it tells something, and is no button."""
_SIGNS_OF_A_TAIL = ("premi", "first", "origin", "publié", "paru")
_SIGNS_OF_LAST_WORDS = ("lire", "plus", "suite", "read")
_SIGNS_OF_A_CALL = (
    "letter",
    "lettre",
    "cookie",
    "rss",
    "alerte",
    "navig",
    "script",
    "updates",
    "unsubscribe",
    "désabonner",
)
"""Without one of these the patterns need not be tried, which costs more."""
_ALONE = Phrase(any_of(WHOLE.pattern, NOTICE.pattern))

_LINK = regex.compile(r"<a\b[^<>]*>(?:[^<]++|<(?!/?a\b))*+</a>")
_RUBRICS = regex.compile(r"\s*\n\n-\n[^.!?]{1,200}$")
"""What SPIP puts behind the summary of an article: a dash, and the names of rubrics and key words."""
_SHORTCODE = regex.compile(r"(?:\[/?[a-zA-Z][\w-]*(?: [^\[\]]*)?\][\w/:.?=&-]*\s*){2,}|\[[a-z-]+(?: [\w-]+=[^\[\]]*)\]")
_WORD = regex.compile(r"\w")
_TAGS = regex.compile(r"<[^<>]*>")
_LAST_OPENING = regex.compile(r"(?r)(?:\s|[-–—|(\[]|<br>)*+<a\b")
_LAST_LINK = regex.compile(
    r"(?:\s|[-–—|(\[]|<br>)*+<a\b[^<>]*>((?:(?!</?a\b).)*+)</a>[\s\p{P}\p{S}]*?(?=(?:<br>|</(?:p|li|b|strong|em|i)>|\s)*$)",
    regex.DOTALL,
)
_VIA = regex.compile(r"via\s?:?", regex.IGNORECASE)
_ARROW = regex.compile(r"[-–—=\s]*[>→►➜➔»]+")
_ON = regex.compile(r"\W*(?:suite|more|lire|ici|here)\W*|\W+", regex.IGNORECASE)
"""A link of so few words, behind a sentence, leads to the rest of it."""


def is_boilerplate(block: Block, *, calls: bool = True) -> bool:
    """Whether all of ``block`` is, in French or in English; ``calls`` is what ``may_call`` says of a text around it."""
    text = block.text
    if len(text) > LONGEST:
        return False
    if block.tag == "p" and _is_bare(text):
        return True
    return (
        (_may_be_phrase(text[:FIRST]) and _is_phrase(block))
        or (len(text) <= _SHORT and _is_dateline(text))
        or (calls and may_call(text) and bool(CALLS.search(text)))
        or is_button(block)
    )


@lru_cache(maxsize=8192)
def _may_be_phrase(letters: str) -> bool:
    """Whether one of them may begin so: of most texts that is all that is asked."""
    return any(phrase.may_begin(letters) for phrase in (_ALONE, TAIL, FURTHER))


def _is_phrase(block: Block) -> bool:
    is_alone = len(block.text) <= _SHORT and bool(_ALONE.fullmatch(block.text))
    return is_alone or bool(TAIL.fullmatch(block.text)) or leads_on(block)


def may_call(text: str) -> bool:
    """Whether a call may be in it: to look for one costs more, and to ask of all blocks at once costs least."""
    low = text.lower()
    return any(map(low.__contains__, _SIGNS_OF_A_CALL))  # a generator costs twice as much


def _is_dateline(text: str) -> bool:
    return "," in text and ", le " in text.lower() and bool(DATELINE.fullmatch(text))


def is_button(block: Block) -> bool:
    """Whether it is one link that calls to go on elsewhere, with nothing but a few words and a colon, or an arrow."""
    if "<a" not in block.html or block.tag not in {"p", "ul"} or len(block.text) > _SHORT:
        return False
    links = _LINK.findall(block.html)
    if not links or (block.text.endswith(".") and len(block.text) >= _SENTENCE):
        return False
    own = " ".join(unescape(_TAGS.sub("", _LINK.sub("", block.html))).split())
    if not own.strip("()[] .!…"):
        return all(BUTTON.fullmatch(plain(link)) for link in links)
    return len(links) == 1 and _points(own)


def _points(own: str) -> bool:
    """Whether words before a link only point to it."""
    if _ARROW.fullmatch(own) or _VIA.fullmatch(own):
        return True
    return own[-1] in ":→>»" and len(own) <= 40 and bool(BUTTON.fullmatch(own))


def _is_bare(text: str) -> bool:
    """Whether there are signs only ("***"), hashtags only, or what was to be a gallery ("[video id=3]")."""
    return not text[:1].isalpha() and (
        not _WORD.search(text)
        or bool(_SHORTCODE.fullmatch(text))
        or (text[0] == "#" and all(word[0] == "#" for word in text.split()))
    )


def leads_on(block: Block) -> bool:
    """Whether it calls to read something else, and links or a list of them may follow."""
    if not FURTHER.match(block.text):
        return False
    own = " ".join(unescape(_TAGS.sub("", _LINK.sub("", block.html))).split())
    found = FURTHER.match(own)
    if not own or not found:
        return not own
    rest = own[found.end() :].lstrip()
    return block.tag.startswith("h") or rest[:1] in {":", "→", ">", "»", "|"} or bool(AFTERWARDS.fullmatch(rest))


def without_tail(text: str) -> str:
    """A plain text without the tail of its feed behind the last sentence: where it appeared, or under which rubrics."""
    if "\n\n-\n" in text and (filed := _RUBRICS.search(text)):
        text = text[: filed.start()]
    near = text[-LONGEST:].lower()
    if not any(map(near.__contains__, _SIGNS_OF_A_TAIL)):
        return text
    found = TAIL_BEHIND.search(text, max(0, len(text) - LONGEST))
    return text[: found.start()].rstrip() if found else text


def without_call(text: str) -> str:
    """A summary without a call to read the rest behind its last sentence."""
    near = text[-160:].casefold()
    if not any(map(near.__contains__, _SIGNS_OF_LAST_WORDS)):
        return text
    found = LAST_WORDS.search(text, max(0, len(text) - 160))
    return text[: found.start()].rstrip() if found else text


def without_last_link(markup: str) -> str:
    """HTML of a block without a link behind its last sentence that leads to the rest of it."""
    if "</a>" not in markup[-120:]:
        return markup
    opening = _LAST_OPENING.search(markup, max(0, len(markup) - 1_000))
    found = _LAST_LINK.match(markup, opening.start()) if opening else None
    if not found:
        return markup
    words = plain(found[1])
    return markup[: found.start()] + markup[found.end() :] if FURTHER.match(words) or _ON.fullmatch(words) else markup
