"""Addresses in a text as X finds them (twitter-text 3): also without "https://", where a top-level domain ends one.

The rules are those of the published conformance suite of twitter-text.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from relay.core.counting.domains import TOP

_LATIN = r"\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0100-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f"
_LATIN += r"\u0272\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff"
_SPACES = r"\t-\r \x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_DIRECTIONS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_NEVER = r"\ufffe\ufeff\uffff"
_NO_NAME = rf"!'#%&()*+,\\./:;<=>?@\[\]^{{|}}~${_SPACES}{_DIRECTIONS}{_NEVER}"
_IN_NAME = rf"[^\-_{_NO_NAME}]"
_IN_PATH = rf"[a-z\u0400-\u04ff0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{_LATIN}]"
_BALANCED = rf"\((?:{_IN_PATH}+|{_IN_PATH}*\({_IN_PATH}+\){_IN_PATH}*)\)"
_PATH_END = rf"[+\-a-z\u0400-\u04ff0-9=_#/{_LATIN}]"
_PATH = rf"/(?:(?:{_IN_PATH}|{_BALANCED})*{_PATH_END})?(?:{_BALANCED})*"
_QUERY = r"\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/]"
_SHORTENED = regex.compile(rf"https?://t\.co/([a-z0-9]+)(?:{_QUERY})?", regex.IGNORECASE)
_LONGEST_SHORTENED = 40
_LONGEST = 4096
_LONGEST_LABEL = 63
_MOST_LABELS, _LONGEST_RUN = 30, 252
"""Of a name and of a label: no more is tried from each sign of a text, which may be made of full stops."""
_PUNYCODE = "xn--"


@dataclass(frozen=True, slots=True)
class Address:
    """One address; ``start`` and ``end`` count code points, half-open."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _rules() -> tuple["regex.Pattern[str]", "regex.Pattern[str]"]:
    """An address, and a domain without signs of other scripts; made when they are needed, for the list is long."""
    top = rf"(?:{_longest_of(TOP)}(?=[^0-9a-z@+\-]|$)|xn--[\-0-9a-z]+)"
    label = rf"{_IN_NAME}[^_{_NO_NAME}]{{0,{_LONGEST_RUN}}}+(?<!-)\."
    below = rf"{_IN_NAME}[^{_NO_NAME}]{{0,{_LONGEST_RUN}}}+(?<![_\-])\."
    before = rf"(?P<before>[^a-z0-9@＠$#＃{_NEVER}]|^)"
    domain = rf"(?P<domain>(?:{below}){{0,{_MOST_LABELS}}}{label}{top})"
    whole = rf"{before}(?P<url>(?P<scheme>https?://)?{domain}(?::[0-9]+)?(?P<path>{_PATH})?(?:{_QUERY})?)"
    plain = rf"(?:[\-a-z0-9{_LATIN}]+\.)+{top}"
    return regex.compile(whole, regex.IGNORECASE), regex.compile(plain, regex.IGNORECASE)


def _longest_of(names: Collection[str]) -> str:
    """A pattern of one of ``names``, the longest that fits: letter by letter, for to try all takes long."""
    by_letter: dict[str, set[str]] = {}
    for name in names:
        if name:
            by_letter.setdefault(name[0], set()).add(name[1:])
    branches = (regex.escape(letter) + _longest_of(rest) for letter, rest in sorted(by_letter.items()) if rest != {""})
    ends = (regex.escape(letter) for letter, rest in sorted(by_letter.items()) if rest == {""})
    return f"(?:{'|'.join((*branches, *ends))}){'?' if '' in names else ''}"


def addresses(text: str) -> Iterator[Address]:
    """Every address in ``text``, in its order."""
    if "." not in text:
        return
    whole, plain = _rules()
    for match in whole.finditer(text):
        yield from _with_scheme(match, plain) if match["scheme"] else _bare(match, plain)


def _bare(match: "regex.Match[str]", plain: "regex.Pattern[str]") -> list[Address]:
    """Without a scheme only names in Latin letters count.

    The last one has the path, also where signs of another script stand between: as many signs as the two have count
    for the address then.
    """
    if match["before"] in {"-", "_", ".", "/"} or not _is_domain(match["domain"], plain):
        return []
    start = match.start("domain")
    found = [Address(one[0], start + one.start(), start + one.end()) for one in plain.finditer(match["domain"])]
    if found and match["path"]:
        whole = found[-1].text + match.string[match.end("domain") : match.end("url")]
        found[-1] = Address(whole, found[-1].start, found[-1].start + len(whole))
    return found


def _with_scheme(match: "regex.Match[str]", plain: "regex.Pattern[str]") -> list[Address]:
    start, end = match.span("url")
    if short := _SHORTENED.match(match["url"]):
        if len(short[1]) > _LONGEST_SHORTENED:
            return []
        end = start + short.end()
    is_good = end - start <= _LONGEST and _is_domain(match["domain"], plain)
    return [Address(match.string[start:end], start, end)] if is_good else []


def _is_domain(name: str, plain: "regex.Pattern[str]") -> bool:
    """Whether each label, as the name system writes it, is short enough (RFC 1035 §2.3.4)."""
    if name.startswith(_PUNYCODE) and not plain.search(name):
        return False
    return all(len(_written(label)) <= _LONGEST_LABEL for label in name.split("."))


def _written(label: str) -> str:
    """In ASCII (RFC 3492). X asks no more of a name, so it takes some that IDNA would not."""
    return label if label.isascii() else _PUNYCODE + label.encode("punycode").decode()
