"""Passkeys, whose library is loaded by the first who comes with one: certificates and ASN.1 are ten megabytes."""

from starlette.requests import Request
from starlette.responses import Response


def begin(request: Request) -> Response:
    """What a device is asked, to sign in."""
    from relay.web.signing import passkeys  # noqa: PLC0415  # see above

    return passkeys.begin(request)


def enter(request: Request) -> Response:
    """A session for whom the device speaks."""
    from relay.web.signing import passkeys  # noqa: PLC0415  # see above

    return passkeys.enter(request)


def begin_adding(request: Request) -> Response:
    """What a device is asked, to be one of this editor's."""
    from relay.web.signing import adding  # noqa: PLC0415  # see above

    return adding.begin(request)


def add(request: Request) -> Response:
    """The device is one of this editor's from now on."""
    from relay.web.signing import adding  # noqa: PLC0415  # see above

    return adding.add(request)
