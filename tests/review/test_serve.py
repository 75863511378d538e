from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from review.errors import CannotServe
from review.serve import listening, serve


def test_a_port_in_use_is_one_clear_line(tmp_path: Path) -> None:
    with listening(0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotServe) as caught:
            serve(tmp_path, port)
    assert str(caught.value) == f"127.0.0.1:{port}: another program has this port; choose another with --port"


def test_a_port_that_cannot_be_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(CannotServe, match="choose another with --port"):
        serve(tmp_path, 70000)


def test_it_serves_until_interrupted_and_leaves_no_traceback(copy: Path) -> None:
    data = copy.parent.parent
    program = "import sys; from pathlib import Path; from review.serve import serve; serve(Path(sys.argv[1]), 0)"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, "-c", program, str(data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout is not None
        told = process.stdout.readline()
        address = told.split()[1]
        assert address.startswith("http://127.0.0.1:")
        assert httpx.get(address, timeout=60, trust_env=False).status_code == 200
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")
