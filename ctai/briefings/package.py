"""Office packages whose bytes depend on their content alone: no clock, no order of writing."""

import io
import re
import zipfile
from datetime import UTC, datetime

_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can tell."""


def moment(as_of: str) -> datetime:
    """Give the moment that stands in a file's properties: the day that it tells of."""
    return datetime.fromisoformat(as_of).replace(tzinfo=UTC)


def steady(package: bytes, as_of: str) -> bytes:
    """Write a package anew, sorted and dated by the day it tells of; so are workbooks within."""
    stamp = moment(as_of).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    found = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as before,
        zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in sorted(before.namelist()):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            after.writestr(entry, _steady_part(name, before.read(name), stamp, as_of))
    return found.getvalue()


def _steady_part(name: str, part: bytes, stamp: bytes, as_of: str) -> bytes:
    if name == "docProps/core.xml":
        return _DATES.sub(rb"\g<1>" + stamp, part)
    return steady(part, as_of) if name.endswith(".xlsx") else part
