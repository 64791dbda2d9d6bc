"""In which encoding a text is written: by its mark, else UTF-8, else by what its letters tell."""

import codecs
from dataclasses import dataclass
from typing import IO

from charset_normalizer import from_bytes

from ctai.domain.faults import Fault
from ctai.exchange.shape_in import HEAD_BYTES, NOT_TEXT, FileUnusable
from ctai.i18n import mark

NOT_UTF8 = mark("Row {wanted} is not UTF-8 text (byte {seen}). Save the file as CSV, UTF-8.")
READ_AS = mark(
    "This file is not written in UTF-8. It was read as {seen}: see whether its letters are right."
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LIKELY = ["cp1252", "cp1251", "cp1256", "gb18030", "cp1250", "koi8_r", "mac_roman", "big5"]
"""What spreadsheets of the six languages' countries write, where they do not write UTF-8."""
_BLOCK = 1 << 20
_SAMPLE = 1 << 16


@dataclass(frozen=True)
class Encoded:
    """The encoding of a text, and what is to be told of it."""

    encoding: str
    remarks: tuple[Fault, ...] = ()


def encoding_of(stream: IO[bytes]) -> Encoded:
    """Find the encoding of a text in one pass and leave it at its beginning.

    FileUnusable for what is no text, and for UTF-8 with a broken byte: read as something else, all
    its good letters would come out wrong.
    """
    head = stream.read(HEAD_BYTES)
    stream.seek(0)
    for mark_bytes, encoding in _MARKS:
        if head.startswith(mark_bytes):
            return _decodable(stream, encoding)
    if b"\0" in head:
        return _decodable(stream, _wide(head))
    return _unmarked(stream)


def _wide(head: bytes) -> str:
    """Tell UTF-16 without a mark by where its zero bytes stand."""
    pairs = max(1, len(head) // 2)
    for at, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = head[at::2].count(0), head[1 - at :: 2].count(0)
        if others == 0 and zeros > pairs // 2:
            return encoding
    raise FileUnusable(Fault(NOT_TEXT))


def _decodable(stream: IO[bytes], encoding: str) -> Encoded:
    broken = _broken(stream, encoding)
    if broken is not None:
        raise FileUnusable(_at(broken))
    remarks = () if encoding == "utf-8-sig" else (_read_as(encoding),)
    return Encoded(encoding, remarks)


def _unmarked(stream: IO[bytes]) -> Encoded:
    broken = _broken(stream, "utf-8")
    if broken is None:
        return Encoded("utf-8")
    if broken.had_letters:
        raise FileUnusable(_at(broken))
    found = from_bytes(_telling(stream), cp_isolation=_LIKELY, threshold=0.5).best()
    if found is None:
        raise FileUnusable(_at(broken))
    if _broken(stream, found.encoding) is not None:
        raise FileUnusable(_at(broken))
    return Encoded(found.encoding, (_read_as(found.encoding),))


@dataclass(frozen=True)
class _Broken:
    """Where a text stops being of an encoding; `had_letters` where it was, beyond ASCII, before."""

    byte: int
    row: int
    had_letters: bool


def _broken(stream: IO[bytes], encoding: str) -> _Broken | None:
    """Decode a text piece by piece up to the first byte that can't be."""
    decoder = codecs.getincrementaldecoder(encoding)()
    rows, had_letters = 1, False
    try:
        while True:
            block = stream.read(_BLOCK)
            before = len(decoder.getstate()[0])
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                good = error.object[: error.start]
                had = had_letters or not good.isascii() or before > 1
                return _Broken(error.object[error.start], rows + good.count(b"\n"), had)
            had_letters = had_letters or not text.isascii()
            rows += text.count("\n")
            if not block:
                return None
    finally:
        stream.seek(0)


def _telling(stream: IO[bytes]) -> bytes:
    """Give some lines with letters beyond ASCII: the others tell nothing of the encoding."""
    found = bytearray()
    for line in stream:
        if not line.isascii():
            found += line[:_SAMPLE]
        if len(found) >= _SAMPLE:
            break
    stream.seek(0)
    return bytes(found[:_SAMPLE])


def _at(broken: _Broken) -> Fault:
    return Fault(NOT_UTF8, places={"seen": f"0x{broken.byte:02x}", "wanted": str(broken.row)})


def _read_as(encoding: str) -> Fault:
    return Fault(READ_AS, places={"seen": encoding.upper().replace("_", "-")})
