"""A real SMTP server (aiosmtpd) on loopback, whose exchanges break where a ``Wire`` says so."""
# ruff: noqa: ARG002, N802 — aiosmtpd names the methods and what they are given

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as MAIL
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.fakes.wire import LATENESS, Call, Fault, Reply, Wire, closed_port

USER, PASSWORD = "veille@exemple.fr", "not-a-real-password"
LONGEST = 10_000


@dataclass(slots=True)
class Mailserver:
    """``mails`` is its truth: what it has answered for with 250. ``says`` are answers of its own, by command."""

    says: dict[str, str] = field(default_factory=dict)
    mails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, str]] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    """Who has signed in."""
    longest: int = LONGEST
    """Bytes of a text."""

    def texts(self) -> list[str]:
        """What readers see, as plain text."""
        return [_text(mail) for mail in self.mails]

    def answer(self, call: Call) -> Reply:
        """What becomes of one mail; the network's side of a ``Wire``. The status is one of SMTP."""
        if said := self.says.get("DATA"):
            return Reply(int(said[:3]), said[4:].encode())
        mail = message_from_bytes(call.body, policy=MAIL)
        assert isinstance(mail, EmailMessage)
        if len(_text(mail).encode()) > self.longest:
            return Reply(552, b"5.3.4 Message size exceeds fixed limit")
        self.mails.append(mail)
        self.envelopes.append((call.headers["from"], call.headers["to"]))
        return Reply(250, b"2.0.0 Ok: queued")

    def knows(self, user: str, password: str) -> bool:
        """Whether somebody may sign in, which is then written down."""
        known = (user, password) == (USER, PASSWORD)
        self.users += [user] if known else []
        return known


@contextmanager
def receiving(server: Mailserver, tls: ssl.SSLContext | None = None, *, implicit: bool = False) -> Iterator[Wire]:
    """Run it on a free port; with ``tls`` it offers STARTTLS, or speaks nothing else where that is ``implicit``.

    The wire's ``url`` is ``host:port``, as the settings of an account have it.
    """
    wire = Wire(server.answer, publishes="DATA")
    host, _, port = closed_port().removeprefix("http://").partition(":")
    controller = Controller(
        _Door(server, wire),
        hostname=host,
        port=int(port),
        ssl_context=tls if implicit else None,
        tls_context=None if implicit else tls,
        authenticator=lambda *told: _authenticated(server, told[-1]),
        auth_require_tls=False,
    )
    wire.url = f"{host}:{port}"
    controller.start()
    try:
        yield wire
    finally:
        controller.stop()


def _authenticated(server: Mailserver, told: Any) -> AuthResult:
    assert isinstance(told, LoginPassword)
    return AuthResult(success=server.knows(told.login.decode(), told.password.decode()), handled=False)


@dataclass(slots=True)
class _Door:
    """aiosmtpd calls these at each step of a transaction."""

    server: Mailserver
    wire: Wire

    async def handle_MAIL(
        self, smtp: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.server.says.get("MAIL", "250 OK")

    async def handle_RCPT(
        self, smtp: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.server.says.get("RCPT", "250 OK")

    async def handle_DATA(self, smtp: SMTP, session: Session, envelope: Envelope) -> str:
        body = envelope.content
        assert isinstance(body, bytes)
        call = Call("DATA", "DATA", {"from": str(envelope.mail_from), "to": ",".join(envelope.rcpt_tos)}, body)
        fault = self.wire.fault(call)
        if fault is Fault.LATE:
            asyncio.get_running_loop().call_later(LATENESS, self.wire.reply, call, fault)
        reply = None if fault is Fault.LATE else self.wire.reply(call, fault)
        if reply is None:
            assert isinstance(smtp.transport, asyncio.WriteTransport)
            smtp.transport.abort()
            return "250 nobody reads this"
        if fault is Fault.NONE:
            return f"{reply.status} {reply.body.decode()}"
        return "25" if fault is Fault.CUT_SHORT else "<html><body>We are sorry</body></html>"


def _text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    text: str = part.get_content()
    return text.replace("\r\n", "\n").removesuffix("\n")
