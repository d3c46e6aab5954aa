"""Signing in by a passkey (W3C Web Authentication, Level 3): the device says who it is, and nobody types a name."""

import json

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from webauthn import generate_authentication_options, options_to_json, verify_authentication_response
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import (
    bytes_to_base64url,
    parse_authentication_credential_json,
    parse_client_data_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import UserVerificationRequirement

from relay.core.people import Editor
from relay.core.signing.wrong import Wrong
from relay.storage import ceremonies, journal, passkeys, people
from relay.storage.journal import Actor
from relay.storage.passkeys import Passkey
from relay.web.auth import MEANS, admit, client_network
from relay.web.office import Office
from relay.web.pages import language
from relay.web.review import read_form
from relay.web.ways import has_passkeys, host, origin
from relay.web.words import speaker

KIND = "passkey"


def begin(request: Request) -> Response:
    """What a device is asked: to sign a challenge that is good once, for five minutes."""
    office = _office(request)
    options = generate_authentication_options(
        rp_id=host(office), user_verification=UserVerificationRequirement.REQUIRED
    )
    challenge = bytes_to_base64url(options.challenge)
    with office.db.write() as tx:
        ceremonies.begin(tx, challenge, KIND, client_network(request), "", office.clock())
    return JSONResponse(json.loads(options_to_json(options)))


def enter(request: Request) -> Response:
    """A session for whom the device speaks, or a sentence; both as JSON, for the script of the page."""
    office = _office(request)
    found = verified(office, read_form(request).get("credential", ""))
    if isinstance(found, Wrong):
        sentence = speaker(language(request))(f"wrong.{found}")
        return JSONResponse({"wrong": sentence}, 403)
    return admit(request, JSONResponse({"to": "/review"}), found, "passkey")


def verified(office: Office, answer: str) -> Editor | Wrong:
    """Whom a device's answer speaks for. Its challenge is used up whatever comes of it."""
    try:
        credential = parse_authentication_credential_json(answer)
        challenge = parse_client_data_json(credential.response.client_data_json).challenge
    except (WebAuthnException, ValueError, RecursionError):
        return Wrong.PASSKEY_BAD
    with office.db.write() as tx:
        if ceremonies.end(tx, bytes_to_base64url(challenge), KIND, office.clock()) is None:
            return Wrong.PASSKEY_OLD
        passkey = passkeys.get(tx, credential.id)
        editor = people.enabled(tx, passkey.user) if passkey else None
        handle = passkeys.handle(tx, passkey.user, "") if passkey else ""
    if passkey is None or editor is None:
        return Wrong.PASSKEY_UNKNOWN
    told = credential.response.user_handle
    if told is not None and told != handle.encode():
        return Wrong.PASSKEY_BAD
    signed = _signed(office, answer, challenge, passkey)
    return _counted(office, editor, passkey, signed) if signed else Wrong.PASSKEY_BAD


def _signed(office: Office, answer: str, challenge: bytes, passkey: Passkey) -> VerifiedAuthentication | None:
    """What the signature proves; the counter is looked at afterwards, for it has a sentence of its own."""
    try:
        return verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=host(office),
            expected_origin=origin(office),
            credential_public_key=passkey.key,
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, RecursionError):
        return None


def _counted(office: Office, editor: Editor, passkey: Passkey, signed: VerifiedAuthentication) -> Editor | Wrong:
    """A counter that does not grow tells of a copy (§6.1.1); devices that do not count stay at zero."""
    now, count = office.clock(), signed.new_sign_count
    with office.db.write() as tx:
        current = passkeys.get(tx, passkey.id)
        uses = current.uses if current else passkey.uses
        if (count or uses) and count <= uses:
            what = f"refused passkey {passkey.name}: its counter went from {uses} to {count}"
            journal.note(tx, Actor("relay", MEANS), f"member {editor.name}", what, now)
            return Wrong.PASSKEY_COPIED
        passkeys.used(tx, passkey.id, count, now)
    return editor


def _office(request: Request) -> Office:
    office: Office = request.app.state.office
    if not has_passkeys(office):
        raise HTTPException(404)
    return office
