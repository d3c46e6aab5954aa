"""The loop that tells programs what happens, and what it leaves in the log."""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta

from relay.core.programs.hook import Hook
from relay.pipeline.events.telling import Spoken
from relay.schedule.jobs import Job, a_rest

log = logging.getLogger("relay")

EVERY = timedelta(seconds=1)


def hook_jobs(due: Callable[[], Sequence[Hook]], tell: Callable[[Hook], Sequence[Spoken]]) -> tuple[Job, ...]:
    """Each hook has a thread of its own while it is told: one that hangs holds up no other."""
    busy: set[str] = set()

    def run() -> None:
        for hook in due():
            if hook.id not in busy:
                busy.add(hook.id)
                threading.Thread(target=_one, args=(hook, tell, busy), name=f"hook {hook.id}", daemon=True).start()

    return (Job("hooks", EVERY, run, a_rest),)


def _one(hook: Hook, tell: Callable[[Hook], Sequence[Spoken]], busy: set[str]) -> None:
    try:
        _log(tell(hook))
    except Exception:
        log.exception("the hook %(hook)s could not be told; it is tried again in a moment", {"hook": hook.id})
    finally:
        busy.discard(hook.id)


def _log(spoken: Sequence[Spoken]) -> None:
    for one in spoken:
        if one.why:
            said = {"hook": one.hook, "event": one.id, "why": one.why}
            log.warning("hook %(hook)s: %(event)s did not arrive and is sent again: %(why)s", said)
