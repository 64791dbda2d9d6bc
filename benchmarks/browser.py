"""A browser as far as Streamlit's server can tell: reruns pages through its WebSocket.

The protocol is `streamlit.proto`: a BackMsg with `rerun_script` goes in, ForwardMsgs come out until
`script_finished`. Like the real one it names the page by its hash once it knows it, and tells the
server which large messages it still holds, so that those are not sent again.
"""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

PATIENCE = 120.0
"""Seconds that one rerun may take before the benchmark gives up."""
LARGEST = 2**28


class PageBroken(RuntimeError):
    """A page that shows an error instead of its content: its time would mean nothing."""


class _Counted(socket.socket):
    """A socket that counts what it receives, as it comes from the wire: compressed.

    It acknowledges at once. Streamlit's server leaves Nagle's algorithm on, and an acknowledgement
    put off by 40 ms would hide every difference between two pages that are faster than that.
    """

    received = 0

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        self.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)  # holds for some packets only
        data = super().recv(size, flags)
        self.received += len(data)
        return data


@dataclass
class Rerun:
    """One run of a page: how long it took, what it weighed on the wire, what it showed."""

    seconds: float
    wire_bytes: int
    deltas: list[ForwardMsg]


@dataclass
class Tab:
    """A browser's tab on an open connection."""

    connection: ClientConnection
    line: _Counted
    origin: str
    page_hash: str = ""
    held: set[str] = field(default_factory=set)

    def open(self, page: str, query: str = "") -> Rerun:
        """Go to a page by its path, as a link from outside does."""
        self.page_hash = ""
        return self._run(page, query)

    def rerun(self, query: str = "") -> Rerun:
        """Run the open page again."""
        return self._run("", query)

    def _run(self, page: str, query: str) -> Rerun:
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = query
        asked.page_script_hash = self.page_hash
        asked.page_name = page
        asked.cached_message_hashes.extend(sorted(self.held))
        asked.context_info.timezone = "UTC"
        asked.context_info.locale = "en"
        asked.context_info.url = f"{self.origin}/{page}"
        asked.context_info.color_scheme = "light"
        before, started = self.line.received, time.perf_counter()
        self.connection.send(message.SerializeToString())
        deltas = list(self._until_finished())
        seconds = time.perf_counter() - started
        return Rerun(seconds, self.line.received - before, deltas)

    def _until_finished(self) -> Iterator[ForwardMsg]:
        while True:
            data = self.connection.recv(timeout=PATIENCE)
            assert isinstance(data, bytes), "Streamlit speaks binary"
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    return
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise PageBroken("a file of the page can't be compiled")
            elif kind == "navigation":
                self.page_hash = message.navigation.page_script_hash
            elif kind == "new_session" and not self.page_hash:
                self.page_hash = message.new_session.page_script_hash
            elif kind in ("delta", "ref_hash"):
                if message.metadata.cacheable:
                    self.held.add(message.hash)
                _refuse_error(message)
                yield message


def _refuse_error(message: ForwardMsg) -> None:
    element = message.delta.new_element
    if element.WhichOneof("type") == "exception":
        raise PageBroken(element.exception.message)
    if element.WhichOneof("type") == "alert" and "Something went wrong" in element.alert.body:
        raise PageBroken(element.alert.body)


@contextmanager
def tab(port: int, cookies: str = "") -> Iterator[Tab]:
    """Connect a tab to a server of this machine; `cookies` go with the handshake."""
    line = _Counted()
    line.connect(("127.0.0.1", port))
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        sock=line,
        subprotocols=[Subprotocol("streamlit")],
        additional_headers={"Cookie": cookies} if cookies else {},
        max_size=LARGEST,
    ) as connection:
        yield Tab(connection, line, f"http://127.0.0.1:{port}")
