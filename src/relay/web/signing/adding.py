"""A member adds a passkey to their own: the device makes a pair of keys, and relay keeps the public one."""

import json

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from webauthn import generate_registration_options, options_to_json, verify_registration_response
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from relay.core.people import Editor
from relay.core.signing.browsers import short
from relay.core.signing.wrong import Wrong
from relay.storage import ceremonies, journal, passkeys, people
from relay.storage.journal import Actor
from relay.storage.passkeys import Passkey
from relay.web.auth import MEANS, client_network, signed_in
from relay.web.office import Office
from relay.web.pages import language
from relay.web.review import read_form
from relay.web.ways import has_passkeys, host, origin
from relay.web.words import speaker

KIND = "new passkey"
MOST = 20
"""Passkeys that one member may have."""
_WANTED = AuthenticatorSelectionCriteria(
    resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
)
"""Kept on the device, so that no name is typed, and opened by whoever it belongs to only."""


def begin(request: Request) -> Response:
    """What the device is asked to make; one that has a key of this member's already is told so."""
    office, editor = _office(request), signed_in(request)
    with office.db.write() as tx:
        handle = passkeys.handle(tx, editor.name, people.digest(office.token()))
        have = [PublicKeyCredentialDescriptor(base64url_to_bytes(one.id)) for one in passkeys.of(tx, editor.name)]
    options = generate_registration_options(
        rp_id=host(office),
        rp_name="relay",
        user_id=handle.encode(),
        user_name=editor.email or editor.name,
        user_display_name=editor.name,
        authenticator_selection=_WANTED,
        exclude_credentials=have,
    )
    challenge = bytes_to_base64url(options.challenge)
    with office.db.write() as tx:
        ceremonies.begin(tx, f"{editor.name} {challenge}", KIND, client_network(request), challenge, office.clock())
    return JSONResponse(json.loads(options_to_json(options)))


def add(request: Request) -> Response:
    """Keep what the device has made, or say why not; as JSON, for the script of the page."""
    office, editor, form = _office(request), signed_in(request), read_form(request)
    name = form.get("name", "").strip() or short(request.headers.get("user-agent", "")) or "passkey"
    made = _verified(office, editor, form.get("credential", ""), form.get("challenge", ""))
    if isinstance(made, Wrong) or not _keep(office, editor, made, name[:100]):
        wrong = made if isinstance(made, Wrong) else Wrong.PASSKEY_BAD
        return JSONResponse({"wrong": speaker(language(request))(f"wrong.{wrong}")}, 403)
    return JSONResponse({"to": "/me?did=passkey"})


def _verified(office: Office, editor: Editor, answer: str, challenge: str) -> VerifiedRegistration | Wrong:
    with office.db.write() as tx:
        kept = ceremonies.end(tx, f"{editor.name} {challenge}", KIND, office.clock())
    if kept is None:
        return Wrong.PASSKEY_OLD
    try:
        return verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(kept),
            expected_rp_id=host(office),
            expected_origin=origin(office),
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, RecursionError):
        return Wrong.PASSKEY_BAD


def _keep(office: Office, editor: Editor, made: VerifiedRegistration, name: str) -> bool:
    """Whether it is one that nobody has yet."""
    now, id = office.clock(), bytes_to_base64url(made.credential_id)
    new = Passkey(id, editor.name, made.credential_public_key, made.sign_count, name, now)
    with office.db.write() as tx:
        if len(passkeys.of(tx, editor.name)) >= MOST or not passkeys.add(tx, new):
            return False
        journal.note(tx, Actor(editor.name, MEANS), f"member {editor.name}", f"added passkey {name}", now)
    return True


def _office(request: Request) -> Office:
    office: Office = request.app.state.office
    if not has_passkeys(office):
        raise HTTPException(404)
    return office
