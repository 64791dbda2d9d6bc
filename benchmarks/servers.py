"""Servers to measure: real processes on free ports, with their memory as the kernel has it."""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

from ctai import db
from ctai.queries import users
from ctai.services import sign_in
from ctai.settings import ROOT, Settings, from_environment

KEY = secrets.token_hex(32)
"""Signs the cookies of one run's servers, and of none other."""
START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running server: where it listens and which process it is."""

    port: int
    pid: int

    def memory_mib(self, field: str = "VmRSS") -> float:
        """Tell its resident memory: VmRSS now, VmHWM at most so far; see proc_pid_status(5)."""
        lines = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines()
        kib = next(line.split()[1] for line in lines if line.startswith(f"{field}:"))
        return int(kib) / 1024

    def forget_peak(self) -> None:
        """Reckon the highest memory from now on."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5", encoding="ascii")


@contextmanager
def app_on(database: Path) -> Iterator[Server]:
    """Serve the app on a database, as `make run` does."""
    with served(ROOT / "app.py", environment(database)) as server:
        yield server


def environment(database: Path) -> dict[str, str]:
    """Give the settings that a server of this database runs with."""
    return {"CTAI_DATABASE_URL": f"sqlite:///{database}", "CTAI_COOKIE_KEY": KEY}


def settings_of(database: Path) -> Settings:
    """Read the settings that a server of this database runs with."""
    return from_environment(environment(database))


def cookie_of(database: Path, username: str) -> str:
    """Sign a user of a database in, without a form."""
    settings = settings_of(database)
    engine = db.make_engine(settings.database_url)
    with db.reading(engine) as session:
        account = users.by_username(session, username)
    engine.dispose()
    assert account is not None, f"no account {username} in {database}"
    return f"{sign_in.COOKIE}={sign_in.token_for(settings, account.viewer)}"


@contextmanager
def served(script: Path, extra: Mapping[str, str]) -> Iterator[Server]:
    """Run a Streamlit script until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.fileWatcherType", "none"]
    process = subprocess.Popen(  # noqa: S603  # our own script
        [*command, "--logger.level", "error"],
        cwd=ROOT,
        env={**os.environ, **extra, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
    )
    try:
        _await(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _await(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended at once with {process.returncode}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"the server did not answer within {START_SECONDS} seconds")
