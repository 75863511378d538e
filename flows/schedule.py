"""The daily job on a schedule, served by Prefect's own embedded server until the command is stopped."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from flows.embedded import prefect_server
from flows.errors import UsageError

NORWAY = ZoneInfo("Europe/Oslo")
DEPLOYMENT = "helseradar"
STOPS = (signal.SIGTERM, signal.SIGINT)


def next_run(cron: str, after: datetime) -> datetime:
    """The first instant after ``after`` that the cron line names, in Norwegian time.

    Raises:
        UsageError: the line is no cron expression of five fields, or names a day that never comes.
    """
    try:
        return next(CronSim(cron, after.astimezone(NORWAY)))
    except (CronSimError, StopIteration) as exc:
        raise UsageError(
            f"'{cron}' is no cron line; five fields such as \"0 6 * * *\" mean every day at 06:00"
        ) from exc


def serve_schedule(cron: str, data: Path, sources: Sequence[Path], tell: Callable[[str], None], now: datetime) -> None:
    """Serve the schedule until interrupted; a run that fails does not end it.

    Prefect pauses a served schedule when the command stops (PrefectHQ/prefect#16363), and so the next start would serve
    nothing: hence ``pause_on_shutdown=False``, and ``paused=False`` for those paused by somebody before.

    Raises:
        UsageError: ``cron`` is no cron line.
        ServerNotStarted: Prefect's server did not come up.
    """
    first = next_run(cron, now)
    tell("starting Prefect's server …")
    # A service manager's stop is a Ctrl-C; and a shell starts background jobs with SIGINT ignored.
    for stop in STOPS:
        signal.signal(stop, signal.default_int_handler)
    with suppress(KeyboardInterrupt, asyncio.CancelledError), prefect_server(data / "prefect", schedules=True) as api:
        from prefect.schedules import Cron
        from prefect.types.entrypoint import EntrypointType

        from flows.daily import scheduled

        deployment: Any = scheduled.to_deployment(
            name=DEPLOYMENT,
            schedule=Cron(cron, timezone=str(NORWAY)),
            parameters={"data": str(data), "sources": [str(path) for path in sources]},
            paused=False,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        runner = stoppable_runner()
        runner.add_deployment(deployment)
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)  # until the runner is up: half started it cannot be ended
        tell(f"next run {first:%Y-%m-%d %H:%M} (Norwegian time), state in {data}; Prefect {api}; stop with Ctrl-C")
        asyncio.run(runner.start())
    for stop in STOPS:
        signal.signal(stop, signal.SIG_IGN)  # it has stopped: a second Ctrl-C while Python tidies up changes nothing
    tell("stopped; the same command goes on")


def stoppable_runner() -> Any:
    """Prefect's runner, one run at a time, ended by SIGTERM without the traceback that its own way prints."""
    from prefect.runner import Runner

    class StoppableRunner(Runner):
        async def start(self, *args: Any, **kwargs: Any) -> None:
            self.serving = asyncio.current_task()
            self.loop = asyncio.get_running_loop()
            await super().start(*args, **kwargs)

        async def __aenter__(self) -> Any:
            entered = await super().__aenter__()
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
            return entered

        def handle_sigterm(self, *_: object) -> None:
            if self.serving is not None:
                self.loop.call_soon_threadsafe(self.serving.cancel)

    return StoppableRunner(pause_on_shutdown=False, limit=1)
