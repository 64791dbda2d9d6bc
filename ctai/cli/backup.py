"""The commands `backup` and `restore`: all of a database as one file, and back."""

from pathlib import Path

from ctai.cli.language import t
from ctai.cli.parser import DONE, Arguments, Commands, add
from ctai.domain.roles import SYSTEM
from ctai.files.backup import backup, restore
from ctai.services import initialise as setup


def add_commands(commands: Commands) -> None:
    """Say what can be asked of the commands."""
    what = t("Write all of the database as one file, also while the app runs.")
    command = add(commands, _backup, "backup", what, "backup ctai-backup.zip")
    command.add_argument("file", type=Path, metavar="FILE")
    what = t("Put a backup into an empty database, of either kind.")
    command = add(commands, _restore, "restore", what, "restore ctai-backup.zip")
    command.add_argument("file", type=Path, metavar="FILE")


def _backup(args: Arguments) -> int:
    with setup.opened(args.url) as engine:
        made = backup(engine, SYSTEM, args.file)
    print(
        t(
            "Written: {rows} rows of {tables} tables, as of version {number} of the data.",
            rows=made.rows,
            tables=len(made.tables),
            number=made.data_version,
        )
    )
    print(t("Keep the file as safe as the database: it holds everything, secrets too."))
    return DONE


def _restore(args: Arguments) -> int:
    with setup.explained(args.url):
        found = restore(args.url, SYSTEM, args.file)
    print(
        t(
            "Restored: {rows} rows of {tables} tables, as of version {number} of the data.",
            rows=found.rows,
            tables=len(found.tables),
            number=found.data_version,
        )
    )
    return DONE
