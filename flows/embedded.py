"""Prefect's own server, embedded: started on loopback for as long as a command needs it.

Prefect can start such a server itself, but that one outlives a run that is killed, and cannot hold schedules. This one
ends with its parent, keeps its log in a file, and serves both ``run`` and ``schedule``.

``python -m flows.embedded PORT PARENT`` is the server process; ``prefect_server`` starts it.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock

from flows.errors import ServerNotStarted

# The very first start makes Prefect's database: over 20 s were seen on two busy cores; later ones take about 6.
START_SECONDS = 180.0
STOP_SECONDS = 10.0
PARENT_CHECK_SECONDS = 1.0


def quiet_environment(home: Path) -> dict[str, str]:
    """Prefect's settings for us: its files in ``home``, nothing told to anybody outside, silent unless asked.

    ``PREFECT_LOGGING_LEVEL`` in the caller's environment wins, for whoever looks for a fault.
    """
    return {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": os.environ.get("PREFECT_LOGGING_LEVEL", "CRITICAL"),
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
    }


@contextmanager
def prefect_server(home: Path, *, schedules: bool = False) -> Iterator[str]:
    """Run the server while the block runs, and point this process' Prefect at it. Call before Prefect is imported.

    Args:
        home: folder for Prefect's database and ``server.log``.
        schedules: also run the service that turns schedules into runs.

    Yields:
        The address of its API.

    Raises:
        ServerNotStarted: it ended, or did not answer within ``START_SECONDS``.
    """
    home.mkdir(parents=True, exist_ok=True)
    os.environ.update(quiet_environment(home))
    port = free_port()
    # "PREFECT__" settings are how Prefect itself starts a server without its scheduler and user interface.
    role = {} if schedules else {"PREFECT__SERVER_EPHEMERAL": "1"}
    environment = {**os.environ, "PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_FINAL": "1", **role}
    environment.pop("PREFECT_API_URL", None)
    api = f"http://127.0.0.1:{port}/api"
    with ExitStack() as ending:
        # Two servers that make the same database at once break it, so one starts after the other.
        with FileLock(home / "start.lock"):
            process = start_server(port, environment, home / "server.log")
            ending.callback(stop_server, process)
            wait_until_healthy(api, process, home / "server.log")
        os.environ["PREFECT_API_URL"] = api
        ending.callback(os.environ.pop, "PREFECT_API_URL", None)
        yield api


def start_server(port: int, environment: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """The server as a process of its own, its output in ``log``."""
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "flows.embedded", str(port), str(os.getpid())],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment,
            start_new_session=True,  # Ctrl-C is for the command; the server is told when the work has ended
        )


def stop_server(process: subprocess.Popen[bytes]) -> None:
    """End the server, by force where it does not listen."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_until_healthy(api: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server answers.

    Raises:
        ServerNotStarted: it ended first, or the time is up.
    """
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise ServerNotStarted(f"Prefect's server ended with code {process.returncode}; its log is {log}")
        try:
            with urllib.request.urlopen(f"{api}/health", timeout=5) as answer:  # noqa: S310 (always our own http address)
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise ServerNotStarted(f"Prefect's server did not answer within {START_SECONDS:.0f} s; its log is {log}")


def free_port() -> int:
    """A port on loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(port: int, parent: int) -> None:
    """The server process: Prefect's application under uvicorn, until it is told to stop or its parent is gone."""
    import uvicorn

    server = uvicorn.Server(
        uvicorn.Config(
            "prefect.server.api.server:create_app", factory=True, host="127.0.0.1", port=port, log_level="error"
        )
    )

    def watch_parent() -> None:
        while os.getppid() == parent:
            time.sleep(PARENT_CHECK_SECONDS)
        server.should_exit = True

    threading.Thread(target=watch_parent, daemon=True).start()
    server.run()


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
