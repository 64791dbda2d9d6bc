"""Faults: what is wrong with a value, where, and what to do about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Fault:
    """One reason to refuse a value, in a sentence that says what was seen and what is wanted.

    `message` is the English sentence and the key of its translation; its `{places}` are filled
    from `places`. `column` is the code of the field, `place` tells where in a file it stood
    ("row 12"), empty for a form.
    """

    message: str
    column: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    place: str = ""

    def at(self, place: str) -> "Fault":
        """Give the same fault, located in a file."""
        return replace(self, place=place)

    def in_english(self) -> str:
        """Write the fault for a log or a terminal."""
        text = self.message.format_map(dict(self.places))
        return " · ".join(part for part in (self.place, self.column, text) if part)


class Refused(ValueError):
    """A write that was refused; carries every reason at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(fault.in_english() for fault in self.faults))


def shown(value: object, longest: int = 60) -> str:
    """Shorten a value for a message, so that ten megabytes typed into a field stay out of it."""
    text = " ".join(str(value).split())
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
