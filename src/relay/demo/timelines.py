"""The sandbox networks' far end: it takes posts as ``relay.networks.sandbox`` puts them, and draws the timelines."""

from collections.abc import Sequence
from functools import partial
from urllib.parse import quote

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from relay.core.language.length import measure
from relay.demo.board import Board, Content, Post, SandboxAccount, Timeline, board, read
from relay.demo.conditional import answer
from relay.demo.marking import domain, pieces
from relay.demo.pages import HTML, TEMPLATES, file
from relay.demo.serving import LOOPBACK, Running, run
from relay.demo.words import Words, words
from relay.networks.sandbox.network import IMITATED

MOST_BYTES = 65_536
"""Of one post."""


def serve(accounts: Sequence[SandboxAccount] = (), listen: tuple[str, int] = LOOPBACK) -> Running:
    """Serve the timelines of ``accounts``; others appear when first written to, and are drawn like Mastodon's."""
    return run(lambda url: _application(url, board(accounts)), listen)


def _application(url: str, shown: Board) -> Starlette:
    post = "/accounts/{account}/posts/{key}"
    return Starlette(
        routes=[
            Route(post, partial(_put, url, shown), methods=["PUT"]),
            Route(post, partial(_delete, shown), methods=["DELETE"]),
            Route(post, partial(_get, url, shown)),
            Route("/static/{name}", _static),
            Route("/", partial(_accounts, shown)),
            Route("/{account}", partial(_timeline, shown)),
        ]
    )


async def _put(url: str, shown: Board, request: Request) -> Response:
    """201 for a new post, 200 for the same again, 409 for another under its key, 4xx for what is no post.

    With ``If-Match`` another post takes the place of the one that it names; 412 where that is not the one there.
    """
    body = await request.body()
    if len(body) > MOST_BYTES:
        return _refusal(413, f"A post has at most {MOST_BYTES} bytes.")
    content = read(body)
    if isinstance(content, str):
        return _refusal(400, content)
    account, key = request.path_params["account"], request.path_params["key"]
    known = shown.find(account, key)
    if known and known.content == content:
        return _told(url, account, known, 200)
    if refused := _refused(request, known):
        return refused
    timeline = shown.addressed(account)
    if excess := _excess(timeline.account, content) or _unanswerable(timeline, content):
        return _refusal(422, excess)
    timeline.posts[key] = Post(key, content, is_edited=known is not None)
    return _told(url, account, timeline.posts[key], 200 if known else 201)


def _refused(request: Request, known: Post | None) -> Response | None:
    wanted = request.headers.get("if-match")
    if wanted is None:
        return _refusal(409, "Another post stands under this key.") if known else None
    is_there = known is not None and wanted in {"*", known.etag}
    return None if is_there else _refusal(412, "What stands under this key is not what the request names.")


def _unanswerable(timeline: Timeline, content: Content) -> str:
    is_known = not content.answers or content.answers in timeline.posts
    return "" if is_known else "The post that it answers is not there."


async def _delete(shown: Board, request: Request) -> Response:
    account, key = request.path_params["account"], request.path_params["key"]
    timeline = shown.timelines.get(account)
    found = timeline.posts.pop(key, None) if timeline else None
    return Response(status_code=204) if found else _refusal(404, "There is no such post.")


def _excess(account: SandboxAccount, content: Content) -> str:
    """What is too long, as the network that is imitated would count it; empty if nothing is."""
    counts = measure(content.warning + content.text, IMITATED[account.imitates])
    return " ".join(f"{each.used} {each.unit} are more than {each.max}." for each in counts if not each.fits)


async def _get(url: str, shown: Board, request: Request) -> Response:
    account = request.path_params["account"]
    post = shown.find(account, request.path_params["key"])
    return _told(url, account, post, 200) if post else _refusal(404, "There is no such post.")


def _told(url: str, account: str, post: Post, status: int) -> Response:
    told = {
        "id": post.key,
        "url": f"{url}/{quote(account, safe='')}#{quote(post.key)}",
        **msgspec.to_builtins(post.content),
    }
    return JSONResponse(told, status, {"etag": post.etag})


def _refusal(status: int, why: str) -> Response:
    return JSONResponse({"error": why}, status)


async def _accounts(shown: Board, request: Request) -> Response:
    return _page(request, "accounts.html.j2", timelines=shown.timelines.values())


async def _timeline(shown: Board, request: Request) -> Response:
    timeline = shown.timelines.get(request.path_params["account"])
    if timeline:
        return _page(request, "timeline.html.j2", timeline=timeline)
    return Response(_words_of(request).missing, 404, media_type="text/plain")


async def _static(request: Request) -> Response:
    found = file("static", request.path_params["name"])
    return answer(request, *found) if found else Response(status_code=404)


def _page(request: Request, template: str, **values: object) -> Response:
    filled = TEMPLATES.get_template(template).render(words=_words_of(request), pieces=pieces, domain=domain, **values)
    return answer(request, f"{filled}\n".encode(), HTML)


def _words_of(request: Request) -> Words:
    return words(request.headers.get("accept-language", ""))
