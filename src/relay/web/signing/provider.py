"""Signing in by an identity provider: there, back with a code, and who that is here. It never makes members."""

import json
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from relay.core.people import Editor
from relay.core.signing.lasting import CEREMONY
from relay.core.signing.ways import Provider
from relay.core.signing.wrong import Wrong
from relay.storage import ceremonies, journal, people
from relay.storage.journal import Actor
from relay.web import security
from relay.web.auth import MEANS, admit, client_network
from relay.web.office import Office
from relay.web.pages import page
from relay.web.signing import vouching
from relay.web.signing.discovery import Discovery
from relay.web.signing.entering import refused
from relay.web.signing.vouching import Places, Returned, Visit, Vouched

BACK = "/sign-in/provider/back"
"""The redirect URI that relay is registered with at the provider, behind its public address."""
KIND = "provider"
_LONGEST = 4000


def leave(request: Request) -> Response:
    """On to the provider. The browser keeps a mark, by which nobody else's return can be used in it."""
    office, provider = _configured(request)
    there = _places(request, office, provider)
    if there is None:
        return refused(request, Wrong.PROVIDER_SILENT)
    state, mark = office.token(), office.token()
    # A digest has 64 characters: RFC 7636 §4.1 wants 43 to 128.
    visit = Visit(office.token(), people.digest(office.token()))
    with office.db.write() as tx:
        kept = json.dumps({"nonce": visit.nonce, "verifier": visit.verifier})
        ceremonies.begin(tx, f"{mark} {state}", KIND, client_network(request), kept, office.clock())
    response = RedirectResponse(vouching.way_there(there, provider, visit, state, _back(office)), 303)
    # Lax: the provider sends the browser back, and what is strict would stay at home then.
    life = int(CEREMONY.total_seconds())
    response.set_cookie(_cookie(office), mark, max_age=life, secure=office.is_https, httponly=True, samesite="lax")
    return response


def back(request: Request) -> Response:
    """The provider has sent the browser back: in, or a sentence."""
    office, provider = _configured(request)
    found = _arrived(request, office, provider)
    who = _whose(office, found) if isinstance(found, Vouched) else found
    if isinstance(who, Wrong):
        return refused(request, who)
    # Not a redirection: what began at another site does not carry a strict cookie (RFC 6265bis §5.2).
    response = admit(request, page(request, "entered.html.j2"), who, "provider")
    response.delete_cookie(_cookie(office), secure=office.is_https, httponly=True, samesite="lax")
    return response


def _arrived(request: Request, office: Office, provider: Provider) -> Vouched | Wrong:
    """What the provider says of whoever this browser went there for."""
    given = {name: text[:_LONGEST] for name, text in request.query_params.items()}
    token = f"{request.cookies.get(_cookie(office), '')} {given.get('state', '')}"
    with office.db.write() as tx:
        kept = ceremonies.end(tx, token, KIND, office.clock())
    if kept is None or given.get("iss", provider.issuer) != provider.issuer:  # RFC 9207
        return Wrong.PROVIDER_OLD
    if "code" not in given:
        return Wrong.PROVIDER_DENIED
    returned = Returned(Visit(**json.loads(kept)), given["code"], _back(office))
    return _vouched(request, office, provider, returned)


def _places(request: Request, office: Office, provider: Provider) -> Places | None:
    discovery: Discovery = request.app.state.discovery
    with discovery.place() as has_place:
        return discovery.places(office.posting, provider, office.clock()) if has_place else None


def _vouched(request: Request, office: Office, provider: Provider, returned: Returned) -> Vouched | Wrong:
    """What the provider says; where too many are asking it, that it does not answer."""
    discovery: Discovery = request.app.state.discovery
    with discovery.place() as has_place:
        there = discovery.places(office.posting, provider, office.clock()) if has_place else None
        if there is None:
            return Wrong.PROVIDER_SILENT
        return vouching.vouched(office.posting, provider, there, returned, office.clock())


def _whose(office: Office, vouched: Vouched) -> Editor | Wrong:
    """The member whom the provider means: bound to it already, or by an address that it has verified."""
    with office.db.write() as tx:
        bound = people.by_subject(tx, vouched.subject)
        if bound:
            return Wrong.PROVIDER_NOBODY if bound.disabled else bound
        if not vouched.is_verified:
            return Wrong.PROVIDER_EMAIL
        member = people.by_email(tx, vouched.email)
        if member is None or people.subject(tx, member.name):
            return Wrong.PROVIDER_NOBODY
        people.bind(tx, member.name, vouched.subject)
        what = f"is known to {urlsplit(vouched.subject.partition(' ')[0]).netloc} from now on"
        journal.note(tx, Actor(member.name, MEANS), f"member {member.name}", what, office.clock())
        return member


def _configured(request: Request) -> tuple[Office, Provider]:
    office: Office = request.app.state.office
    if office.sign_in.provider is None:
        raise HTTPException(404)
    return office, office.sign_in.provider


def _cookie(office: Office) -> str:
    return security.cookie("relay-visit", is_https=office.is_https)


def _back(office: Office) -> str:
    return f"{office.public_url}{BACK}"
