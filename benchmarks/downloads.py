"""The CSV of all activities, streamed: how long it takes, and what it does to the server."""

import threading
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from benchmarks import servers, synthetic

PIECE = 2**16


@dataclass(frozen=True)
class Download:
    """A whole file: its bytes, lines, seconds, and the server's memory around it in MiB."""

    size: int
    lines: int
    seconds: float
    before_mib: float
    early_mib: float
    peak_mib: float
    after_mib: float

    @property
    def growth(self) -> float:
        """Compare the highest memory with that after the first hundredth of the lines."""
        return self.peak_mib / self.early_mib


def download(database: Path, expected: int) -> Download:
    """Read /download/activities.csv to its end, as a browser would, and throw it away."""
    cookie = servers.cookie_of(database, synthetic.MANAGER)
    with servers.app_on(database) as server:
        before = server.memory_mib()
        request = urllib.request.Request(
            f"http://127.0.0.1:{server.port}/download/activities.csv", headers={"Cookie": cookie}
        )
        size = lines = 0
        early = 0.0
        watch = _Watch(server)
        started = time.perf_counter()
        with watch, urllib.request.urlopen(request) as answer:  # noqa: S310
            while piece := answer.read(PIECE):
                size += len(piece)
                lines += piece.count(b"\n")
                if not early and lines > expected / 100:
                    early = server.memory_mib()
        seconds = time.perf_counter() - started
        after = server.memory_mib()
        peak = max(watch.peak, early, after)
        return Download(size, lines, seconds, before, early, peak, after)


class _Watch(threading.Thread):
    """Looks at a server's memory ten times a second."""

    def __init__(self, server: servers.Server) -> None:
        super().__init__(daemon=True)
        self.server = server
        self.peak = 0.0
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(0.1):
            self.peak = max(self.peak, self.server.memory_mib())

    def __enter__(self) -> "_Watch":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.join()
