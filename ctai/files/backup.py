"""Backups: a database whole as one file, while the app runs; and put back into an empty one."""

import os
from pathlib import Path

from ctai import db
from ctai.db import whole
from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import Role, Viewer
from ctai.exchange.backup_file import Manifest, Reader, Writer
from ctai.files.asked import NOT_OPEN
from ctai.i18n import mark

NOT_EMPTY = mark("This database is not empty. Restore into one that has no records yet.")


def backup(engine: db.Engine, viewer: Viewer, place: Path) -> Manifest:
    """Write everything as it is in one moment; a file that is there is replaced by a whole one.

    Secrets are in it, as far as the database has them: hashes of passwords, digests of tokens. Only
    its owner may read the file.
    """
    _only_for_administrators(viewer)
    part = place.with_name(f"{place.name}.part")
    part.unlink(missing_ok=True)
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file, whole.steady(engine) as found:
            writer = Writer(file)
            for name, columns in found.tables.items():
                writer.table(name, columns, found.rows(name))
            manifest = writer.close(found.revision, found.data_version)
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def restore(url: str, viewer: Viewer, place: Path) -> Manifest:
    """Put a backup into an empty database, in one transaction, and bring its tables up to date.

    Refused where the database holds anything, or the file is not whole: then nothing is stored.
    """
    _only_for_administrators(viewer)
    with place.open("rb") as file:
        reader = Reader(file, place.name)
        engine = db.make_engine(url)
        try:
            _make_ready(url, engine, reader.manifest.revision)
            with db.transaction(engine) as session, whole.unwatched(session) as connection:
                present = set(whole.tables_of(connection))
                if present != reader.manifest.tables.keys():
                    raise Refused([_of_another_version(reader.manifest.revision)])
                for name, table in reader.manifest.tables.items():
                    whole.put(connection, name, table.columns, reader.rows(name))
        finally:
            engine.dispose()
    db.upgrade(url)
    return reader.manifest


def _make_ready(url: str, engine: db.Engine, revision: str) -> None:
    """Give an empty database the tables of the backup's version."""
    if not whole.knows(revision):
        raise Refused([_of_another_version(revision)])
    present = whole.revision_of(engine)
    if present and not whole.is_empty(engine):
        raise Refused([Fault(NOT_EMPTY)])
    if present not in ("", revision):
        raise Refused([_of_another_version(revision)])
    db.upgrade(url, revision)


def _of_another_version(revision: str) -> Fault:
    return Fault(
        "The backup is of version {seen} of the tables. Restore it into a database without tables, "
        "by a programme that is not older.",
        places={"seen": revision},
    )


def _only_for_administrators(viewer: Viewer) -> None:
    if viewer.role is not Role.ADMINISTRATOR:
        raise Refused([Fault(NOT_OPEN)])
