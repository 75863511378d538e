"""Serves the app to the browser of this machine."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress
from pathlib import Path

import uvicorn

from review.app import create_app
from review.errors import CannotServe
from warehouse.publish import published

HOST = "127.0.0.1"  # this machine alone: the app knows no users


def serve(data: Path, port: int) -> None:
    """Serve what is published in ``data`` on ``http://127.0.0.1:port`` until interrupted; port 0 takes a free one.

    The address is printed as soon as it answers. Raises ``CannotServe`` when the port cannot be had.
    """
    with listening(port) as sock:
        print(f"Helseradar: http://{HOST}:{sock.getsockname()[1]}/ (Ctrl+C)", flush=True)  # noqa: T201 (who started it needs the address)
        with suppress(KeyboardInterrupt):  # uvicorn has shut down by then, and raises it again
            uvicorn.Server(settings(data)).run(sockets=[sock])


def settings(data: Path) -> uvicorn.Config:
    """How uvicorn runs the app: quiet, without telling what it is."""
    app = create_app(lambda: published(data))
    return uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="off")


def listening(port: int) -> socket.socket:
    """A socket that listens on the port. Raises ``CannotServe``."""
    if not 0 <= port <= 65535:
        raise CannotServe(HOST, port, "there is no such port")
    try:
        return socket.create_server((HOST, port))
    except OSError as exc:
        reason = "another program has this port" if exc.errno == errno.EADDRINUSE else str(exc)
        raise CannotServe(HOST, port, reason) from exc
