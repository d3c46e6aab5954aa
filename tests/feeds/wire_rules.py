"""What the validator says of an answer, beside its document."""

from collections.abc import Callable

import httpx
from lxml import etree

_TYPES = {"feed": "application/atom+xml", "rss": "application/rss+xml"}
_GENERIC = {"application/xml", "text/xml", "application/octet-stream", "text/plain"}

Rule = Callable[[httpx.Response], bool]


def wire_findings(answer: httpx.Response) -> list[str]:
    """The names of all rules that an answer with an Atom or RSS document breaks; redirects were followed."""
    return [name for name, broken in WIRE_RULES.items() if broken(answer)]


def _type(answer: httpx.Response) -> str:
    return _said(answer).partition(";")[0].strip()


def _charset(answer: httpx.Response) -> str:
    return _said(answer).partition("charset=")[2].lower()


def _said(answer: httpx.Response) -> str:
    return str(answer.headers.get("content-type", ""))


def _is_unexpected(answer: httpx.Response) -> bool:
    return _type(answer) not in {_TYPES[etree.QName(etree.fromstring(answer.content)).localname], *_GENERIC}


WIRE_RULES: dict[str, Rule] = {
    "UnexpectedContentType": _is_unexpected,
    "NonSpecificMediaType": lambda answer: _type(answer) in _GENERIC,
    "TextXml": lambda answer: _type(answer) == "text/xml",
    "EncodingMismatch": lambda answer: _charset(answer) not in {"", "utf-8"},
    "Uncompressed": lambda answer: "content-encoding" not in answer.headers,
    "TempRedirect": lambda answer: any(one.status_code in {302, 303, 307} for one in answer.history),
}
