"""Who is mentioned on LinkedIn: a Page, by its URN and its name there, which are looked up by its handle.

https://learn.microsoft.com/linkedin/marketing/community-management/organizations/organization-lookup-api
"""

import re

import httpx

from relay.core.account import Account
from relay.core.language.text import spans
from relay.core.outcome import Retry
from relay.networks.linkedin.answers import call
from relay.networks.linkedin.text import Organization, escaped, plain
from relay.networks.wire.answers import NoAnswer, content

_HANDLE = re.compile(r"@([\w-]{1,100})")


def commentary(http: httpx.Client, account: Account, text: str, longest: int) -> str | Retry:
    """``text`` as LinkedIn reads it; nobody is mentioned where the names would make it longer (UTF-16) than allowed."""
    known = _known(http, account, text)
    if isinstance(known, Retry):
        return known
    written = escaped(text, known)
    return written if _utf16(plain(written)) <= longest else escaped(text)


def _known(http: httpx.Client, account: Account, text: str) -> dict[str, Organization] | Retry:
    """The Pages behind the handles in ``text``: those that LinkedIn does not tell, or not to this token, stay words."""
    found = {}
    for handle in dict.fromkeys(span.text for span in spans(text) if span.kind == "mention"):
        if not (name := _HANDLE.fullmatch(handle)):
            continue
        params = {"q": "vanityName", "vanityName": name[1]}
        answer = call(http, account, "GET", "/rest/organizations", params=params)
        if isinstance(answer, NoAnswer):  # the post itself could not be sent there either
            return Retry(answer.why)
        match content(answer):
            case {"elements": [{"id": int(number), "localizedName": str(own)}, *_]} if own.strip():
                found[handle] = Organization(f"urn:li:organization:{number}", " ".join(own.split()))
    return found


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
