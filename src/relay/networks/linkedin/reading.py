"""What a Page has posted on LinkedIn, read back to end a doubt."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from relay.core.account import Account
from relay.core.outcome import CannotTell, Finding, NotThere, Sent
from relay.networks.linkedin.answers import call, of_api, place
from relay.networks.linkedin.text import plain
from relay.networks.wire.answers import Answer, content, unread

PAGE, PAGES = 50, 4
"""How many posts are read back at once, and how often."""
_MOST_MILLISECONDS = 10**14
"""Since 1970: some three thousand years."""


def looked_for(http: httpx.Client, account: Account, post: dict[str, Any], since: datetime) -> Finding:
    """The post with the words of ``post`` among those that its Page has posted since."""
    params = {"q": "author", "author": post["author"], "count": str(PAGE), "sortBy": "CREATED"}
    for number in range(PAGES):
        params["start"] = str(number * PAGE)
        answer = call(http, account, "GET", "/rest/posts", params=params, headers={"X-RestLi-Method": "FINDER"})
        posts = _posts(answer)
        if isinstance(posts, CannotTell):
            return posts
        recent = [(urn, words) for urn, words, created in posts if created >= since]
        for urn, words in recent:
            if plain(words).split() == plain(post["commentary"]).split():
                return Sent(urn, place(urn))
        if len(posts) < PAGE or len(recent) < len(posts):
            return NotThere()
    return CannotTell(f"The Page has posted more than {PAGE * PAGES} times since: too many to read back.")


def _posts(answer: Answer) -> list[tuple[str, str, datetime]] | CannotTell:
    """Identifier, words and time of each post of a page of them."""
    read = content(answer)
    listed = read.get("elements") if isinstance(read, dict) else None
    if not isinstance(listed, list):
        return unread(of_api(answer))
    found = []
    for post in listed:
        match post:
            case {"id": str(urn), "createdAt": int(milliseconds)} if 0 <= milliseconds < _MOST_MILLISECONDS:
                words, created = post.get("commentary", ""), datetime(1970, 1, 1, tzinfo=UTC)
                found.append((urn, str(words), created + timedelta(milliseconds=milliseconds)))
            case _:
                return CannotTell("The server's answer is not one of LinkedIn's.")
    return found
