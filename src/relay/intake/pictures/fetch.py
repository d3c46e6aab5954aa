"""One picture: one GET under the guard → its bytes, or why there are none."""

from dataclasses import dataclass

import httpx

from relay.core.pictures.kinds import kind
from relay.intake.wire.body import TooLarge
from relay.intake.wire.exchange import Reply
from relay.intake.wire.failure import why
from relay.intake.wire.follow import get
from relay.intake.wire.guard import Forbidden
from relay.intake.wire.over_httpx import OverHttpx
from relay.intake.wire.robots import Robots

ACCEPT = b"image/jpeg, image/png, image/webp, image/gif"
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Missing:
    """Why there is no picture, in a sentence; ``is_passing`` where it may be there in some minutes."""

    why: str
    is_passing: bool = False


def fetch(http: httpx.Client, robots: Robots, url: str) -> bytes | Missing:
    """What is at ``url``, if it is a picture by its bytes, of at most ``wire.body.LIMIT``. robots.txt is obeyed."""
    try:
        if refusal := robots.refusal(url):
            return Missing(refusal, is_passing=True)
        reply = get(OverHttpx(http), url, [(b"accept", ACCEPT)]).reply
    except (Forbidden, TooLarge, httpx.TooManyRedirects, httpx.UnsupportedProtocol) as error:
        return Missing(str(error) if isinstance(error, Forbidden) else why(error))
    except httpx.RequestError as error:
        return Missing(why(error), is_passing=True)
    except (httpx.InvalidURL, ValueError) as error:
        return Missing(f"The address cannot be used: {str(error).rstrip('.')}.")
    return _read(reply, robots, url)


def _read(reply: Reply, robots: Robots, url: str) -> bytes | Missing:
    host, status = reply.url.shown, reply.status
    if status != 200:
        return Missing(f"{host} answered {status} {reply.reason}".rstrip() + ".", status in _PASSING)
    own = reply.url.public
    if own != url and (refusal := robots.refusal(own)):
        return Missing(refusal, is_passing=True)
    if kind(reply.body) is None:
        return Missing("It is no JPEG, PNG, GIF or WebP picture.")
    return reply.body
