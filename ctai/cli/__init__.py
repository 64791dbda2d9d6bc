"""The command line: set up, manage accounts, bring files in, take files out, check.

Ends with 0 when done, 1 when done with refusals listed, 2 when something was unusable.
"""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ctai import db
from ctai.cli import accounts, backup, brief, importing
from ctai.cli.language import current, t
from ctai.cli.parser import (
    AS_OF,
    DONE,
    REFUSALS,
    UNUSABLE,
    Arguments,
    Commands,
    Parser,
    add,
    add_choice,
    add_day,
    add_filters,
)
from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import SYSTEM
from ctai.domain.strategy import Level
from ctai.exchange.faults_out import told
from ctai.exchange.records_in import FileUnusable, read_embedded
from ctai.files import FILES, csv_of, opened
from ctai.i18n import LANGUAGES, messages
from ctai.queries import integrity
from ctai.services import initialise as setup
from ctai.services.activity_parts import cell_rows
from ctai.settings import DATA, SettingsUnusable, from_environment

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
        return _unusable(*(told(fault, current()) for fault in refused.faults))
    except BrokenPipeError:  # whoever read our output has seen enough
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
        return DONE
    except (setup.DatabaseUnusable, FileUnusable) as error:
        return _unusable(told(error.fault, current()))
    except SettingsUnusable as error:
        return _unusable(t(error.message, **error.places))
    except OSError as error:
        name, reason = error.filename or t("A file"), error.strerror or error
        return _unusable(t("{file} can't be used: {reason}.", file=name, reason=reason))


def _unusable(*sentences: str) -> int:
    print(*sentences, sep="\n", file=sys.stderr)
    return UNUSABLE


def _parser() -> Parser:
    about = t("The command line: set up, manage accounts, bring files in, take files out, check.")
    parser = Parser(prog="python -m ctai", description=about)
    commands: Commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add(commands, _init, "init", t("Set up, or bring up to date; safe to repeat."))
    accounts.add_commands(commands)
    command = add(commands, _import, "import", t("Bring a file in."), importing.EXAMPLE)
    importing.add_arguments(command)
    _file_commands(commands)
    command = add(commands, _brief, "brief", t("Write a briefing, and keep that."), brief.EXAMPLE)
    brief.add_arguments(command)
    backup.add_commands(commands)
    add(commands, _check, "check", t("Check database, code lists and catalogues."))
    return parser


def _file_commands(commands: Commands) -> None:
    called = "export --to csv --country BFA --pillar II --out bfa.csv"
    command = add(commands, _export, "export", t("Write a list as a file."), called)
    command.add_argument("--to", choices=["csv"], required=True, help=t("the file's format"))
    add_choice(command, "--what", LISTS, LISTS[0], t("which list"))
    _add_scope(command, "country", "pillar", "status", "entity")
    command.set_defaults(level=Level.MEASURE)
    called = "gaps --country NGA --level theme --out gaps.csv"
    command = add(commands, _export, "gaps", t("Write the gap matrix as CSV."), called)
    levels = [level.value for level in Level]
    add_choice(command, "--level", levels, levels[0], t("how finely"))
    _add_scope(command, "country")
    command.set_defaults(what="gaps", pillar=[], status=[], entity=[])


def _add_scope(command: argparse.ArgumentParser, *filters: str) -> None:
    add_filters(command, *filters)
    what = t("the file; - for the screen")
    command.add_argument("--out", required=True, metavar="FILE", help=what)
    add_day(command, "--as-of", t(AS_OF))
    add_choice(command, "--lang", LANGUAGES, LANGUAGES[0], t("the language of names"))


def _init(args: Arguments) -> int:
    made = setup.initialise(args.url, DATA, read_embedded)
    new = sum(arrival.new for arrival in made.arrivals.values())
    known = sum(arrival.known for arrival in made.arrivals.values())
    print(
        t(
            "The database is ready. Rows added: {added}. Records that were there: {known}.",
            added=made.reference_rows + new,
            known=known,
        )
    )
    if made.password is not None:
        print(t("First administrator: {name}", name=setup.FIRST_USER))
        print(t("Password, shown only this once:"), made.password)
    return max(_listed(met.faults, f"data/{name} · ") for name, met in made.arrivals.items())


def _listed(faults: Iterable[Fault], before: str = "") -> int:
    """Write every refusal as place, column and message; give the exit code that this makes."""
    lines = [f"{before}{told(fault, current())}" for fault in faults]
    print(*lines, sep="\n", end="\n" if lines else "", file=sys.stderr)
    return REFUSALS if lines else DONE


def _import(args: Arguments) -> int:
    arrival = importing.arrival_of(args)
    print(importing.summary(arrival))
    if arrival.remarks and args.report is None:
        print(t("Remarks: {n}. To read them: --report FILE.", n=len(arrival.remarks)))
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
    print(t("Written: {file}", file=out))
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
        stale = [] if setup.is_current(args.url) else [t("Run: {command}", command=setup.INIT)]
        found: dict[str, Iterable[str]] = {t("tables are of this version"): stale}
        if not stale:
            found[t("references between rows hold")] = integrity.broken_keys(session, SYSTEM)
            found[t("activities are whole")] = integrity.unfinished(session, SYSTEM)
            found[t("counting cells agree")] = integrity.miscounted(session, SYSTEM, cell_rows)
        found[t("code lists can be read")] = setup.reference_faults(DATA)
        found[t("catalogues are complete")] = _catalogue_faults()
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
