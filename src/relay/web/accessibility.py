"""The accessibility statement, for everybody: French public bodies have to publish one."""

from starlette.requests import Request
from starlette.responses import Response

from relay.web.office import Office
from relay.web.pages import page


def show(request: Request) -> Response:
    """What was tested, what stands in the way, and whom to write to."""
    office: Office = request.app.state.office
    return page(request, "accessibility.html.j2", contact=office.contact)
