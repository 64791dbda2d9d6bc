"""What the command line understands, and how it explains itself in the terminal's language."""

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NoReturn, TypeAlias

from ctai.cli.language import t
from ctai.i18n import mark

Arguments = argparse.Namespace
Commands: TypeAlias = "argparse._SubParsersAction[Parser]"

DONE, REFUSALS, UNUSABLE = 0, 1, 2
"""What a programme ends with."""

ONLY = {
    "country": mark("only this country, by its code; may be repeated"),
    "pillar": mark("only this pillar, by its code; may be repeated"),
    "status": mark("only this status, by its code; may be repeated"),
    "entity": mark("only this entity, by its code; may be repeated"),
}
AS_OF = mark("as it was at the end of this day, in UTC")

_COMPLAINTS = (
    (
        re.compile(
            r"argument (?P<name>.+?): invalid choice: '?(?P<seen>.*?)'? "
            r"\(choose from (?P<wanted>.*)\)"
        ),
        mark("{name}: “{seen}” is not known here. Use one of {wanted}."),
    ),
    (
        re.compile(r"argument (?P<name>.+?): invalid int value: '(?P<seen>.*)'"),
        mark("{name}: “{seen}” is not a whole number."),
    ),
    (
        re.compile(r"argument (?P<name>.+?): expected one argument"),
        mark("{name} needs a value."),
    ),
    (
        re.compile(r"the following arguments are required: (?P<names>.*)"),
        mark("These arguments are missing: {names}."),
    ),
    (
        re.compile(r"unrecognized arguments: (?P<names>.*)"),
        mark("These arguments are not known: {names}."),
    ),
)
"""What argparse complains of, and the sentence that says so; it has no words but its own."""


class Formatter(argparse.HelpFormatter):
    """Writes help with our word for its usage."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Begin with how the command is called."""
        ours = t("Usage:") + " "
        super().add_usage(usage, actions, groups, ours if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with the arguments, and where to read more."""

    def __init__(self, *, prog: str, description: str, epilog: str | None = None) -> None:
        """Begin without arguments but the one that asks for help."""
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            formatter_class=Formatter,
            add_help=False,
        )
        self._positionals.title, self._optionals.title = t("Arguments"), t("Options")
        self.add_argument("-h", "--help", action="help", help=t("show this help, and end"))

    def error(self, message: str) -> NoReturn:
        """End the programme with that sentence."""
        more = t("See: {command}", command=f"{self.prog} --help")
        self.exit(UNUSABLE, f"{_complaint(message)} {more}\n")


def _complaint(message: str) -> str:
    for words, sentence in _COMPLAINTS:
        found = words.fullmatch(message)
        if found is not None:
            return t(sentence, **{n: v.replace("'", "") for n, v in found.groupdict().items()})
    return f"{message[:1].upper()}{message[1:]}."


def example(arguments: str) -> str:
    """Show how a command may be called."""
    return t("Example: {command}", command=f"python -m ctai {arguments}")


def add(
    commands: Commands, run: Callable[[Arguments], int], name: str, summary: str, called: str = ""
) -> argparse.ArgumentParser:
    """Add a command, with what it does and how it may be called."""
    command = commands.add_parser(
        name, help=summary, description=summary, epilog=example(called or name)
    )
    command.set_defaults(run=run)
    return command


def add_choice(
    command: argparse.ArgumentParser, name: str, codes: Sequence[str], default: str, what: str
) -> None:
    """Let one of some codes be chosen."""
    told = t("{what} (else {default})", what=what, default=default)
    command.add_argument(name, choices=codes, default=default, help=told)


def add_filters(command: argparse.ArgumentParser, *filters: str) -> None:
    """Let what is told of be narrowed, by codes."""
    for name in filters:
        command.add_argument(f"--{name}", action="append", default=[], help=t(ONLY[name]))


def add_day(command: argparse.ArgumentParser, name: str, what: str) -> None:
    """Let a day be named."""
    command.add_argument(name, default="", metavar="YYYY-MM-DD", help=what)
