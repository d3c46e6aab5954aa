"""One worker at its jobs, for as long as it is not ended: whatever the database does, it takes them up again."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

from procrastinate import App
from procrastinate.jobs import Status

from relay.schedule.distributed.lead import LOOK, TTL
from relay.schedule.distributed.queue import DELIVER, POLL, SECONDS

log = logging.getLogger("relay")

SENDING = 8
"""Accounts that one worker sends for at the same time."""
LOOKS = 2.0
"""Seconds after which a queue is looked at although nobody has said that there is something in it."""
AGAIN = timedelta(seconds=1)
LONGEST = timedelta(minutes=30)
"""Longer than any job takes: the end of one that still runs then could not be written down, or its worker hangs."""

_ENDLESS = """
DELETE FROM procrastinate_jobs AS job WHERE status = 'doing' AND NOT EXISTS (
    SELECT FROM procrastinate_events
    WHERE job_id = job.id AND type = 'started' AND at > now() - make_interval(secs => %(seconds)s)
) RETURNING lock
"""


class Shift:
    """``at_once`` is how many hosts are visited side by side; ``leads`` says whether this worker looks after others."""

    def __init__(self, app: App, at_once: int, leads: Callable[[], bool]) -> None:
        self._app, self._at_once, self._leads = app, at_once, leads
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over = asyncio.Event()

    def run(self, seconds: float) -> None:
        """Until it is ended; jobs that run then have so many seconds."""
        asyncio.run(self._run(seconds))

    def end(self) -> None:
        """Take no more jobs; from any thread, or a signal."""
        if self._loop is None:
            self._over.set()
        elif not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._over.set)

    async def _run(self, seconds: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._loop.set_exception_handler(_unheard)
        self._loop.set_default_executor(ThreadPoolExecutor(self._at_once + SENDING))
        if not await self._opened():
            return
        work = [
            asyncio.create_task(self._again(POLL, self._at_once, seconds)),
            asyncio.create_task(self._again(DELIVER, SENDING, seconds)),
            asyncio.create_task(self._look_after()),
        ]
        await self._over.wait()
        for task in work:
            task.cancel()
        await asyncio.gather(*work, return_exceptions=True)
        await self._app.close_async()

    async def _opened(self) -> bool:
        """As soon as the database lets it be; not where the end comes before."""
        while not self._over.is_set():
            try:
                await self._app.open_async()
            except Exception as error:  # noqa: BLE001  # as below
                log.debug("the queue cannot be opened: %s", error)
                await self._app.close_async()  # or else it counts as open
                await asyncio.sleep(AGAIN.total_seconds())
            else:
                return True
        return False

    async def _again(self, queue: str, at_once: int, seconds: float) -> None:
        """A worker of Procrastinate's ends when the database fails it, or has forgotten it: another begins."""
        while True:
            try:
                await self._app.run_worker_async(
                    queues=[queue],
                    name=queue,
                    concurrency=at_once,
                    fetch_job_polling_interval=LOOKS,
                    shutdown_graceful_timeout=seconds,
                    delete_jobs="always",
                    install_signal_handlers=False,
                    update_heartbeat_interval=LOOK.total_seconds(),
                    stalled_worker_timeout=TTL.total_seconds(),
                )
            except Exception as error:  # noqa: BLE001  # what it is, is told where the database is looked at
                log.debug("the jobs of %s are taken up anew: %s", queue, error.__cause__ or error)
            await asyncio.sleep(AGAIN.total_seconds())

    async def _look_after(self) -> None:
        """Jobs of workers that are gone: they are forgotten, for what is due is in the tables, and is handed out anew.

        A worker that was only stopped, and ends such a job later, ends one that is no more, and not another's.
        """
        while True:
            await asyncio.sleep(LOOK.total_seconds())
            if self._leads():
                with suppress(Exception):  # told where the database is looked at; it is tried again in a moment
                    await asyncio.wait_for(forget_stalled(self._app), SECONDS)


async def forget_stalled(app: App) -> int:
    """How many there were."""
    lately = TTL.total_seconds()
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=lately))
    for job in stalled:
        assert job.id is not None
        log.info("the job %s of %s is handed out anew: its worker is not heard of", job.task_name, job.lock)
        await app.job_manager.finish_job_by_id_async(job.id, status=Status.FAILED, delete_job=True)
    await app.job_manager.prune_stalled_workers(lately)
    endless = await app.connector.execute_query_all_async(_ENDLESS, seconds=LONGEST.total_seconds())
    for row in endless:
        log.info("the job %s is handed out anew: its end was never written down", row["lock"])
    return len(stalled) + len(endless)


def _unheard(_: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    """The end of a job that is no more: it was handed out anew meanwhile."""
    error = context.get("exception")
    cause = getattr(error, "__cause__", None) or error or context.get("message")
    log.info("what came of a job counts no more: %s", str(cause).split("\n", maxsplit=1)[0])
