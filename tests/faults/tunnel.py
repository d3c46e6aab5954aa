"""What does not speak HTTP: a server of its own behind a tunnel, which may be cut anywhere in the middle."""

import os
import select
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.fakes.mailserver import receiving
from tests.fakes.nostr import relaying
from tests.fakes.wire import Call, Fault, Reply, Wire
from tests.faults.doors import reset
from tests.faults.kinds import Effect, Kind, Plan
from tests.faults.line import Line

SILENCE = 1.2
"""Seconds for which a server says nothing that is not to be heard any more."""
_CUT = {Kind.RESET_BEFORE, Kind.TLS_CUT}
_SAID = {Kind.TIMEOUT, Kind.LIMITED, Kind.WRONG_ID}


@contextmanager
def served(line: Line) -> Iterator[Wire]:
    """The server of a line that speaks SMTP or Nostr, with what befalls the messages that publish."""
    running = receiving(line.server) if line.row.speaks == "smtp" else relaying(line.server)
    with running as wire:
        wire.network = lambda call: _said(line, call)
        wire.faults = [Fault.NONE] * line.plan.after + _faults(line.plan)
        yield wire


def _faults(plan: Plan) -> list[Fault]:
    if plan.kind is Kind.REPEAT_ERROR:
        return [Fault.DROP_AFTER if plan.effects[0] == "now" else Fault.DROP_BEFORE, *[Fault.ERROR_BEFORE] * plan.row]
    return [_fault(plan.kind, effect) for effect in plan.effects]


def _fault(kind: Kind, effect: Effect) -> Fault:
    match kind:
        case Kind.RESET_AFTER | Kind.IN_FLIGHT:
            return Fault.LATE if effect == "late" else Fault.DROP_BEFORE
        case Kind.LOST:
            return Fault.DROP_AFTER
        case Kind.ERROR_AFTER:
            return Fault.ERROR_AFTER
        case Kind.TRUNCATED:
            return Fault.CUT_SHORT
    return Fault.NONE


def _said(line: Line, call: Call) -> Reply:
    """What it says itself: nothing for a while, not now, or another's name."""
    if line.plan.kind not in _SAID:
        return line.answer(call)
    effect = line.strikes(call.method, call.path)
    line.rests()
    if effect is None:
        return line.answer(call)
    reply = line.done(call, effect)
    match line.plan.kind:
        case Kind.TIMEOUT:
            time.sleep(SILENCE)
        case Kind.WRONG_ID if line.row.speaks == "nostr":
            return Reply(200, b'["OK","' + b"0" * 64 + b'",true,""]')
        case Kind.LIMITED:
            return _later(line, call)
    return reply or _later(line, call)


def _later(line: Line, call: Call) -> Reply:
    if line.row.speaks == "smtp":
        return Reply(451, b"4.7.1 Try again later")
    name = call.body.decode().partition('"id":')[2].strip()[1:65] or call.body.decode().partition('"id": "')[2][:64]
    return Reply(200, f'["OK","{name}",false,"rate-limited: slow down"]'.encode())


def pass_on(line: Line, connection: socket.socket, port: int) -> None:
    """Carry bytes both ways, to the end or to where it is cut."""
    effect = line.strikes("POST", line.row.publishes) if line.plan.kind in _CUT else None
    if line.plan.kind in _CUT:
        line.rests()
    most = 1 << 40 if effect is None else line.plan.variant % 3000
    with socket.create_connection(("127.0.0.1", port)) as far:
        _carry(line, connection, far, most)


def _carry(line: Line, near: socket.socket, far: socket.socket, most: int) -> None:
    while True:
        ready = [near] if getattr(near, "pending", int)() else select.select([near, far], [], [], 30)[0]
        for one in ready:
            data = one.recv(65_536)
            if not data:
                return
            if one is near and (most := most - len(data)) < 0:
                far.sendall(data[:most])
                _cut(line, near)
                return
            (far if one is near else near).sendall(data)


def _cut(line: Line, near: socket.socket) -> None:
    if line.plan.kind is Kind.RESET_BEFORE:
        reset(near)
    elif line.plan.variant & 1:
        with socket.socket(fileno=os.dup(near.fileno())) as bare:
            bare.sendall(b"\x17\x03\x03\x00\x20" + b"noise" * 7)
