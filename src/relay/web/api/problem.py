"""What goes wrong, said to a program (RFC 9457): a status, a code that stays, and a sentence that says what to do."""

from collections.abc import Mapping
from http import HTTPStatus

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from relay.core.review.moving import Refusal
from relay.web.wording.said import said
from relay.web.words import speaker

MEDIA_TYPE = "application/problem+json"
_CODES = {404: "not_found", 405: "method", 413: "too_large", 500: "broken"}
_NONE: Mapping[str, str] = {}


class Problem(Exception):
    """An answer that is none of those hoped for; ``code`` is a word of the table of words."""

    def __init__(self, status: int, code: str, headers: Mapping[str, str] = _NONE, **values: object) -> None:
        super().__init__(code)
        self.status, self.code, self.headers, self.values = status, code, dict(headers), values

    def detail(self, language: str) -> tuple[str, str]:
        """The sentence, and the language it is in."""
        return speaker(language)(f"api.{self.code}", **self.values), language


def of_error(request: Request, error: Exception) -> Response:
    """Any error beneath ``/api``."""
    if isinstance(error, Problem):
        return _response(error.status, error.code, error.detail(language(request)), error.headers)
    if isinstance(error, Refusal):
        return _response(409, "refused", said(str(error), language(request)), _NONE)
    status = error.status_code if isinstance(error, HTTPException) else 500
    code = _CODES.get(status, "refused" if status < 500 else "broken")
    sentence = Problem(status, code).detail(language(request)) if code != "refused" else _bare(status)
    return _response(status, code, sentence, (error.headers or _NONE) if isinstance(error, HTTPException) else _NONE)


def language(request: Request) -> str:
    """French where ``Accept-Language`` (RFC 9110 §12.5.4) wants it more than English, which is for all others."""
    return "fr" if _weight(request, "fr") > _weight(request, "en") else "en"


def _weight(request: Request, tongue: str) -> float:
    found = 0.0
    for part in request.headers.get("accept-language", "").lower().split(","):
        tag, _, weight = part.strip().partition(";q=")
        if tag.split("-")[0] == tongue:
            found = max(found, _number(weight))
    return found


def _number(weight: str) -> float:
    try:
        return float(weight) if weight else 1.0
    except ValueError:
        return 0.0


def _bare(status: int) -> tuple[str, str]:
    return f"{HTTPStatus(status).phrase}.", "en"


def _response(status: int, code: str, sentence: tuple[str, str], headers: Mapping[str, str]) -> Response:
    detail, tongue = sentence
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, "code": code}
    own = {**headers, "Content-Language": tongue}
    return Response(msgspec.json.encode(told), status, headers=own, media_type=MEDIA_TYPE)
