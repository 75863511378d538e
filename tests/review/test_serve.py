from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from review.app import create_app
from review.errors import CannotServe
from review.headers import SAFE_HEADERS
from review.serve import listening, serve
from tests.review.conftest import serving
from tests.review.newsroom import NYNORSK, UNDATED, publish_stories
from tests.review.pages import page, text_of, texts


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


def test_what_is_published_while_it_serves_shows_at_the_next_look(tmp_path: Path) -> None:
    publish_stories(tmp_path, (UNDATED,))
    with serving(tmp_path) as site:
        assert texts(page(site, "/"), "//mark") == ["pusse opp ventesonen"]
        publish_stories(tmp_path, (UNDATED, NYNORSK))
        assert texts(page(site, "/"), "//mark") == ["løne fastlegar betre i utkanten", "pusse opp ventesonen"]


def test_a_copy_that_cannot_be_read_is_one_line_that_names_the_command(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "published.duckdb").write_bytes(b"no database" * 1000)
    with serving(tmp_path) as site:
        told = page(site, "/", status=500)
        assert "Last den på nytt; hvis det ikke hjelper, kjør helseradar doctor" in text_of(told)
    assert capfd.readouterr().err == ""


def test_a_fault_of_ours_is_told_in_the_same_way_and_as_safely() -> None:
    def broken() -> Path:
        raise RuntimeError("secret")

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(create_app(broken), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get("/")

    answer = asyncio.run(ask())
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert {name: answer.headers[name] for name in SAFE_HEADERS} == SAFE_HEADERS
