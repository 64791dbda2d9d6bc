"""The command line: set up, manage accounts, bring files in, take files out, check.

Ends with 0 when done, 1 when done with refusals listed, 2 when something was unusable.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, TypeAlias

from ctai import db
from ctai.cli import brief
from ctai.domain.arrivals import Row
from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import SYSTEM, Role, Visibility
from ctai.domain.strategy import Level
from ctai.exchange.records_in import FileUnusable, read_records
from ctai.files import FILES, csv_of, opened
from ctai.i18n import LANGUAGES, messages
from ctai.queries import integrity, users
from ctai.queries.aliases import entity_aliases
from ctai.services import initialise as setup
from ctai.services.activity_parts import cell_rows
from ctai.services.add_user import add_user, generated
from ctai.services.bring_in import bring_in
from ctai.services.set_password import set_password
from ctai.services.set_user_active import set_user_active
from ctai.settings import DATA, SettingsUnusable, from_environment

Arguments = argparse.Namespace
Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"

DONE, REFUSALS, UNUSABLE = 0, 1, 2
MOST_LISTED = 20
"""Of what a check finds, as many are listed; the count says how many there are."""

LISTS = tuple(FILES)
FILTERS = ("country", "pillar", "status", "entity")
ONLY_ACTIVITIES = ("status", "entity")
"""Filters that say nothing about needs, assessments and requests."""
OF_ACTIVITIES = ("activities", "heatmap")
"""The last two say nothing about needs, assessments, requests and gaps."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give the exit code; whatever is unusable is said in a sentence."""
    args = _parser().parse_args(arguments)
    try:
        args.url = from_environment(os.environ).database_url
        return int(args.run(args))
    except Refused as refused:
        return _unusable(*(fault.in_english() for fault in refused.faults))
    except BrokenPipeError:  # whoever read our output has seen enough
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
        return DONE
    except (setup.DatabaseUnusable, FileUnusable, SettingsUnusable) as error:
        return _unusable(str(error))
    except OSError as error:
        return _unusable(f"{error.filename or 'A file'} can't be used: {error.strerror or error}.")


def _unusable(*sentences: str) -> int:
    print(*sentences, sep="\n", file=sys.stderr)
    return UNUSABLE


class _Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with the arguments, and where to read more."""

    def error(self, message: str) -> NoReturn:
        """End the programme with that sentence."""
        self.exit(UNUSABLE, f"{message[:1].upper()}{message[1:]}. See: {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m ctai", description=__doc__.partition("\n")[0])
    commands: Commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add(commands, _init, "init", "Set up, or bring up to date; safe to repeat.")
    _user_commands(commands)
    command = _add(commands, _import, "import", "Bring a file in.", "import records.csv")
    command.add_argument("file", type=Path, metavar="FILE", help="CSV of records or of needs")
    levels = [level.value for level in Visibility]
    _add_choice(command, "--visibility", levels, levels[1], "who may see the new records")
    example = "export --to csv --country BFA --pillar II --out bfa.csv"
    command = _add(commands, _export, "export", "Write a list as a file.", example)
    command.add_argument("--to", choices=["csv"], required=True, help="the file's format")
    _add_choice(command, "--what", LISTS, LISTS[0], "which list")
    _add_scope(command, "country", "pillar", "status", "entity")
    command.set_defaults(level=Level.MEASURE)
    example = "gaps --country NGA --level theme --out gaps.csv"
    command = _add(commands, _export, "gaps", "Write the gap matrix as CSV.", example)
    levels = [level.value for level in Level]
    _add_choice(command, "--level", levels, levels[0], "how finely")
    _add_scope(command, "country")
    command.set_defaults(what="gaps", pillar=[], status=[], entity=[])
    command = _add(commands, _brief, "brief", "Write a briefing, and keep that.", brief.EXAMPLE)
    brief.add_arguments(command)
    _add(commands, _check, "check", "Check database, code lists and catalogues.")
    return parser


def _add(
    commands: Commands, run: Callable[[Arguments], int], name: str, summary: str, example: str = ""
) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name,
        help=summary,
        description=summary,
        epilog=f"Example: python -m ctai {example or name}",
    )
    command.set_defaults(run=run)
    return command


def _add_choice(
    command: argparse.ArgumentParser, name: str, codes: Sequence[str], default: str, what: str
) -> None:
    command.add_argument(name, choices=codes, default=default, help=f"{what} (else %(default)s)")


def _add_scope(command: argparse.ArgumentParser, *filters: str) -> None:
    for name in filters:
        what = f"only this {name}, by its code; may be repeated"
        command.add_argument(f"--{name}", action="append", default=[], help=what)
    command.add_argument("--out", required=True, metavar="FILE", help="the file; - for the screen")
    what = "as it was at the end of this day, in UTC"
    command.add_argument("--as-of", default="", metavar="YYYY-MM-DD", help=what)
    _add_choice(command, "--lang", LANGUAGES, LANGUAGES[0], "the language of names")


def _user_commands(commands: Commands) -> None:
    summary, example = "Accounts.", "Example: python -m ctai user list"
    user = commands.add_parser("user", help=summary, description=summary, epilog=example)
    actions: Commands = user.add_subparsers(required=True, metavar="ACTION")
    example = "user add amina --role desk_officer --country NGA --country BFA"
    command = _add(actions, _user_add, "add", "Add an account.", example)
    command.add_argument("name", metavar="NAME")
    command.add_argument("--role", required=True, choices=[role.value for role in Role])
    command.add_argument("--country", action="append", default=[], metavar="ISO3")
    command.add_argument("--entity", metavar="ACRONYM", help="of a focal point")
    _add_password(command)
    _add(actions, _user_list, "list", "List the accounts.", "user list")
    for name in ("disable", "enable"):
        summary = f"{name.capitalize()} an account."
        command = _add(actions, _user_active, name, summary, f"user {name} amina")
        command.add_argument("name", metavar="NAME")
        command.set_defaults(active=name == "enable")
    summary, example = "Give an account a new password.", "user password amina"
    command = _add(actions, _user_password, "password", summary, example)
    command.add_argument("name", metavar="NAME")
    _add_password(command)


def _add_password(command: argparse.ArgumentParser) -> None:
    what = "read the password from standard input instead of making one"
    command.add_argument("--password-stdin", action="store_true", help=what)


def _init(args: Arguments) -> int:
    def read(content: bytes, aliases: Mapping[str, str]) -> Iterator[Row]:
        return read_records(content, aliases, Visibility.PUBLIC)

    made = setup.initialise(args.url, DATA, read)
    new = sum(arrival.new for arrival in made.arrivals.values())
    known = sum(arrival.known for arrival in made.arrivals.values())
    print(f"The database is ready: {made.reference_rows + new} rows added, {known} records kept.")
    if made.password is not None:
        print(f"First administrator: {setup.FIRST_USER}")
        print(f"Password, shown only this once: {made.password}")
    return max(_listed(met.faults, f"data/{name} · ") for name, met in made.arrivals.items())


def _listed(faults: Iterable[Fault], before: str = "") -> int:
    """Write every refusal as place, column and message; give the exit code that this makes."""
    lines = [f"{before}{fault.in_english()}" for fault in faults]
    print(*lines, sep="\n", end="\n" if lines else "", file=sys.stderr)
    return REFUSALS if lines else DONE


def _user_add(args: Arguments) -> int:
    countries, opened = [iso3.upper() for iso3 in args.country], setup.opened(args.url)
    with _password(args) as password, opened as engine, db.transaction(engine) as session:
        add_user(session, SYSTEM, args.name, args.role, countries, args.entity, password)
    return DONE


def _user_password(args: Arguments) -> int:
    name, opened = args.name.strip().lower(), setup.opened(args.url)
    with _password(args) as password, opened as engine, db.transaction(engine) as session:
        set_password(session, SYSTEM, name, None, password)
    return DONE


@contextmanager
def _password(args: Arguments) -> Iterator[str]:
    """Take the password typed, or make one and show it once it is stored."""
    if args.password_stdin:
        yield sys.stdin.readline().rstrip("\r\n")
        return
    password = generated()
    yield password
    print(f"Password of {args.name.strip().lower()}, shown only this once: {password}")


def _user_list(args: Arguments) -> int:
    with setup.opened(args.url) as engine, db.reading(engine) as session:
        frame = users.listed(session, SYSTEM)
    print(*frame.columns, sep="\t")
    for row in frame.astype(object).where(frame.notna(), "").itertuples(index=False, name=None):
        print(*row, sep="\t")
    return DONE


def _user_active(args: Arguments) -> int:
    name = args.name.strip().lower()
    with setup.opened(args.url) as engine, db.transaction(engine) as session:
        set_user_active(session, SYSTEM, name, args.active)
    print(f"{name} is {'enabled' if args.active else 'disabled'}.")
    return DONE


def _import(args: Arguments) -> int:
    content = args.file.read_bytes()
    with setup.opened(args.url) as engine, db.transaction(engine) as session:
        rows = read_records(content, entity_aliases(session), Visibility(args.visibility))
        arrival = bring_in(session, SYSTEM, rows)
    print(f"{arrival.new} new, {arrival.known} known already, {arrival.refused} refused.")
    return _listed(arrival.faults)


def _export(args: Arguments) -> int:
    return _written(args.out, _pieces(args))


def _brief(args: Arguments) -> int:
    content, faults = brief.content_of(args)
    return max(_written(args.out, [content]), _listed(faults))


def _written(place: str, pieces: Iterable[bytes]) -> int:
    """Write a file, or to the screen; an existing file is only replaced by a whole one."""
    if place == "-":
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return DONE
    out = Path(place)
    part = out.with_name(f"{out.name}.part")
    try:
        with part.open("wb") as file:
            file.writelines(pieces)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    print(f"Written: {out}")
    return DONE


def _pieces(args: Arguments) -> Iterator[bytes]:
    asked = {name: ",".join(getattr(args, name)) for name in FILTERS}
    asked["country"] = asked["country"].upper()
    foreign = [name for name in ONLY_ACTIVITIES if asked[name] and args.what not in OF_ACTIVITIES]
    if foreign:
        raise Refused([Fault("Only activities can be narrowed by this. Leave it out.", foreign[0])])
    asked["level"] = args.level
    asked["as_of"] = args.as_of
    with setup.opened(args.url) as engine, opened(engine, asked) as session:
        yield from csv_of(args.what, session, SYSTEM, asked, args.lang)


def _check(args: Arguments) -> int:
    with setup.opened(args.url) as engine, db.reading(engine) as session:
        stale = [] if setup.is_current(args.url) else ["run `python -m ctai init`"]
        found: dict[str, Iterable[str]] = {"tables are of this version": stale}
        if not stale:
            found["references between rows hold"] = integrity.broken_keys(session, SYSTEM)
            found["activities are whole"] = integrity.unfinished(session, SYSTEM)
            found["counting cells agree"] = integrity.miscounted(session, SYSTEM, cell_rows)
        found["code lists can be read"] = setup.reference_faults(DATA)
        found["catalogues are complete"] = _catalogue_faults()
        return max([_judged(name, list(faults)) for name, faults in found.items()])


def _judged(name: str, found: Sequence[str]) -> int:
    print(f"ok   {name}" if not found else f"off  {name}: {len(found)}")
    print(*(f"     {line}" for line in found[:MOST_LISTED]), sep="\n", end="\n" * bool(found))
    return REFUSALS if found else DONE


def _catalogue_faults() -> Iterator[str]:
    template = messages.extracted()
    yield from messages.glued()
    for lang in LANGUAGES[1:]:
        yield from messages.faults(lang, messages.merged(lang, messages.committed(lang), template))
