"""The commands `user`: accounts are added, listed, disabled, enabled, given a new password."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from ctai import db
from ctai.cli.language import t
from ctai.cli.parser import DONE, Arguments, Commands, add, example
from ctai.domain.roles import SYSTEM, Role
from ctai.queries import users
from ctai.services import initialise as setup
from ctai.services.add_user import add_user, generated
from ctai.services.set_password import set_password
from ctai.services.set_user_active import set_user_active


def add_commands(commands: Commands) -> None:
    """Say what can be asked of the commands."""
    summary = t("Accounts.")
    user = commands.add_parser(
        "user", help=summary, description=summary, epilog=example("user list")
    )
    actions: Commands = user.add_subparsers(required=True, metavar="ACTION")
    called = "user add amina --role desk_officer --country NGA --country BFA"
    command = add(actions, _enter, "add", t("Add an account."), called)
    command.add_argument("name", metavar="NAME")
    command.add_argument("--role", required=True, choices=[role.value for role in Role])
    command.add_argument("--country", action="append", default=[], metavar="ISO3")
    command.add_argument("--entity", metavar="ACRONYM", help=t("of a focal point"))
    _take_password(command)
    add(actions, _list, "list", t("List the accounts."), "user list")
    for name, summary in {
        "disable": t("Disable an account."),
        "enable": t("Enable an account."),
    }.items():
        command = add(actions, _active, name, summary, f"user {name} amina")
        command.add_argument("name", metavar="NAME")
        command.set_defaults(active=name == "enable")
    summary, called = t("Give an account a new password."), "user password amina"
    command = add(actions, _password, "password", summary, called)
    command.add_argument("name", metavar="NAME")
    _take_password(command)


def _take_password(command: argparse.ArgumentParser) -> None:
    what = t("read the password from standard input instead of making one")
    command.add_argument("--password-stdin", action="store_true", help=what)


def _enter(args: Arguments) -> int:
    countries, opened = [iso3.upper() for iso3 in args.country], setup.opened(args.url)
    with _chosen(args) as password, opened as engine, db.transaction(engine) as session:
        add_user(session, SYSTEM, args.name, args.role, countries, args.entity, password)
    return DONE


def _password(args: Arguments) -> int:
    name, opened = args.name.strip().lower(), setup.opened(args.url)
    with _chosen(args) as password, opened as engine, db.transaction(engine) as session:
        set_password(session, SYSTEM, name, None, password)
    return DONE


@contextmanager
def _chosen(args: Arguments) -> Iterator[str]:
    """Take the password typed, or make one and show it once it is stored."""
    if args.password_stdin:
        yield sys.stdin.readline().rstrip("\r\n")
        return
    password = generated()
    yield password
    name = args.name.strip().lower()
    print(t("Password of {name}, shown only this once:", name=name), password)


def _list(args: Arguments) -> int:
    with setup.opened(args.url) as engine, db.reading(engine) as session:
        frame = users.listed(session, SYSTEM)
    print(*frame.columns, sep="\t")
    for row in frame.astype(object).where(frame.notna(), "").itertuples(index=False, name=None):
        print(*row, sep="\t")
    return DONE


def _active(args: Arguments) -> int:
    name = args.name.strip().lower()
    with setup.opened(args.url) as engine, db.transaction(engine) as session:
        set_user_active(session, SYSTEM, name, args.active)
    done = t("{name} is enabled.", name=name), t("{name} is disabled.", name=name)
    print(done[0] if args.active else done[1])
    return DONE
