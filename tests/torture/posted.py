"""What stands on Bluesky's own server: the truth of its accounts, read from its repositories."""

from collections.abc import Iterator

from tests.fakes.pds import Member, Pds


def records(pds: Pds, member: Member, page: int = 100) -> Iterator[str]:
    """The texts of all posts of a member, ``page`` at a time (``com.atproto.repo.listRecords`` gives 100 at most)."""
    where = {"repo": member.did, "collection": "app.bsky.feed.post", "limit": str(page)}
    while True:
        told = pds.call("GET", "com.atproto.repo.listRecords", params=where)
        yield from (found["value"]["text"] for found in told["records"])
        if not told["records"] or "cursor" not in told:
            return
        where["cursor"] = told["cursor"]
