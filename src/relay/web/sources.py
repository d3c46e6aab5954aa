"""How the sources do: what each last answered, when it is asked again, and why then."""

from starlette.requests import Request
from starlette.responses import Response

from relay.core.pollstate import PollState
from relay.storage import sources
from relay.web.auth import signed_in
from relay.web.office import Office
from relay.web.pages import page


def listing(request: Request) -> Response:
    """Every configured source, those that fail first."""
    office: Office = request.app.state.office
    signed_in(request)
    with office.db.read() as tx:
        states = sources.states(tx)
    found = [(source, states.get(id, PollState())) for id, source in office.desk.sources.items()]
    found.sort(key=lambda pair: (-pair[1].failures, pair[0].name.casefold()))
    return page(request, "sources.html.j2", sources=found)
