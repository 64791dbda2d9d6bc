"""What a file is, told by its bytes and not by its name."""

from enum import StrEnum
from typing import IO

from ctai.domain.faults import Fault, shown
from ctai.i18n import mark

HEAD_BYTES = 4096
"""How much of a file's beginning is looked at."""

NOT_OURS = mark("This file is of the kind {seen}, whatever its name says. Bring in {wanted}.")
NOT_TEXT = mark("This is not a text file. In your spreadsheet, save the sheet as CSV, UTF-8.")
CALLED_OTHERWISE = mark("This file is called “{seen}” but is of the kind {wanted}: read as that.")
_WANTED = "CSV, XLSX, XML"
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLS, DOC, MSG"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "GZIP"),
    (b"BZh", "BZIP2"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"Rar!", "RAR"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3\0", "SQLITE"),
)
"""How files begin that are often sent instead; https://en.wikipedia.org/wiki/List_of_file_signatures"""


class FileUnusable(ValueError):
    """A file from which no row can be read; carries the one reason."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.in_english())


class Shape(StrEnum):
    """What can be read; the value is what its files are called by."""

    TEXT = "CSV"
    WORKBOOK = "XLSX"
    XML = "XML"


_ENDINGS = {
    "csv": Shape.TEXT,
    "tsv": Shape.TEXT,
    "txt": Shape.TEXT,
    "xlsx": Shape.WORKBOOK,
    "xlsm": Shape.WORKBOOK,
    "xml": Shape.XML,
}


def shape_of(stream: IO[bytes]) -> Shape:
    """Tell what a file is and leave it at its beginning; FileUnusable for what can't be read.

    A workbook is told by being a ZIP; whether it is one is seen when it is opened.
    """
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    stream.seek(0)
    for beginning, kind in _OTHERS:
        if head.startswith(beginning):
            raise FileUnusable(Fault(NOT_OURS, places={"seen": kind, "wanted": _WANTED}))
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Shape.WORKBOOK
    bare = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").removeprefix(b"\xff\xfe")
    return Shape.XML if bare.removeprefix(b"\xfe\xff").lstrip().startswith(b"<") else Shape.TEXT


def misnamed(name: str, shape: Shape) -> tuple[Fault, ...]:
    """Tell where a file is not what its name says; a name without a known ending says nothing."""
    ending = name.rpartition(".")[2].casefold()
    if _ENDINGS.get(ending, shape) is shape:
        return ()
    return (Fault(CALLED_OTHERWISE, places={"seen": shown(name), "wanted": shape.value}),)
