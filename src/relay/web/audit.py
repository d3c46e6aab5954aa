"""The audit as a file, for directors and admins."""

from collections.abc import Iterator

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from relay.core.people import Editor
from relay.core.review import chain, oversight
from relay.core.review.moving import Refusal
from relay.pipeline import auditing
from relay.pipeline.auditing import Span
from relay.web.auth import MEANS, signed_in
from relay.web.office import Office


def download(request: Request) -> Response:
    """Every line, as ``relay audit verify`` reads them; that it was taken away is the last one."""
    editor = signed_in(request)
    try:
        oversight.check_export(editor)
    except Refusal as refusal:
        raise HTTPException(403) from refusal
    named = {"Content-Disposition": 'attachment; filename="audit.jsonl"'}
    return StreamingResponse(_lines(request.app.state.office, editor), media_type="application/jsonl", headers=named)


def _lines(office: Office, editor: Editor) -> Iterator[str]:
    with auditing.export(office.db, (editor, MEANS), Span(), office.clock()) as lines:
        yield from (f"{chain.canonical(line)}\n" for line in lines)
