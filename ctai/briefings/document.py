"""The content of a briefing as plain values, from which every format is written."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from ctai.briefings.ledger import Entry, Figure
from ctai.i18n import translate
from ctai.i18n.tongues import runs_left


class Quoted(str):
    """Words of a record that are not in the document's language, as they were given.

    `lang` is the code of theirs, "" where it is not known.
    """

    lang: str

    def __new__(cls, words: str, lang: str = "") -> "Quoted":
        """Quote some words of a language."""
        quoted = super().__new__(cls, words)
        quoted.lang = lang
        return quoted

    @property
    def is_rtl(self) -> bool:
        """Say whether they are written from right to left."""
        return runs_left(self)


Text = tuple[str | Figure, ...]
"""What is read in one go; its numbers are figures of the ledger, `Quoted` words are foreign."""


class Section(StrEnum):
    """The parts of a briefing, by codes that no language changes."""

    CHANGES = "changes"
    VISIT = "visit"
    PARTNERSHIP = "partnership"
    MAPPING = "mapping"
    GAPS = "gaps"
    MONEY = "money"
    PLANS = "plans"
    ASKS = "asks"
    ANNEX = "annex"


UNTOLD = {"told": False}
"""Marks a field that no reader sees: it stays out of the content and of its hash."""


@dataclass(frozen=True)
class Heading:
    """The title of a part; level 1 begins a section, which its code tells."""

    text: str
    level: int = 1
    section: Section | None = field(default=None, metadata=UNTOLD)


@dataclass(frozen=True)
class Paragraph:
    """Some sentences; the `lead` is what one reads first, a `note` is set small."""

    text: Text
    kind: Literal["lead", "plain", "note"] = "plain"


@dataclass(frozen=True)
class Bullets:
    """A list of sentences."""

    items: tuple[Text, ...]


@dataclass(frozen=True)
class Tile:
    """A large figure and what it says."""

    figure: Figure
    label: str


@dataclass(frozen=True)
class Tiles:
    """Some large figures side by side."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table; `width` is its share of the table's width."""

    label: str
    width: float = 1.0
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of texts under their headings; `title` says what they show.

    `fills` are the grounds of its cells as `#RRGGBB`, or "" for none; where there are any, there
    is one for each cell.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    fills: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Series:
    """The parts of one kind in a chart, one value a row."""

    label: str
    colour: str
    values: tuple[Figure, ...]


@dataclass(frozen=True)
class Chart:
    """Stacked bars: a row each, of parts by kind; `summary` says the same in words."""

    title: str
    rows: tuple[str, ...]
    series: tuple[Series, ...]
    summary: Text


@dataclass(frozen=True)
class Map:
    """A map as SVG, with what it shows in words, and the disclaimer that stands with borders.

    `labels` are the figures that are written on it.
    """

    title: str
    svg: str
    labels: tuple[Figure, ...]
    summary: Text
    disclaimer: str


Block = Heading | Paragraph | Bullets | Tiles | Table | Chart | Map


@dataclass(frozen=True)
class Document:
    """A whole briefing: what stands on its first page, what follows, and the ledger.

    `cover` are pairs of a label and what stands there; `as_of` is an ISO date; `digest` is the
    content hash: SHA-256 of all else, in hexadecimal.
    """

    title: str
    lang: str
    as_of: str
    cover: tuple[tuple[str, str], ...]
    first_page: tuple[Block, ...]
    body: tuple[Block, ...]
    ledger: tuple[Entry, ...]
    words: dict[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Give the content hash."""
        return hashlib.sha256(self.canonical).hexdigest()

    @property
    def canonical(self) -> bytes:
        """Write the content as JSON that is the same for the same content, byte by byte."""
        return json.dumps(
            plain(self), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()

    def labelled(self, label: str, said: str) -> str:
        """Write what stands behind a label, as the document's language sets the two apart."""
        return translate(self.lang, "{label}: {said}", label=label, said=said)

    @property
    def hashed(self) -> str:
        """Write the content hash behind its label."""
        return self.labelled(self.words["digest"], self.digest)

    def figures(self) -> Iterator[Figure]:
        """Give every figure of the content, in reading order."""
        for part in _parts((*self.first_page, *self.body)):
            if isinstance(part, Figure):
                yield part


def holds_quoted(blocks: Iterable[Block]) -> bool:
    """Tell whether words of another language stand in some blocks."""
    return any(isinstance(part, Quoted) for part in _parts(tuple(blocks)))


def read(text: Text) -> str:
    """Give a text as it is read aloud, without its notes."""
    return "".join(part.worded if isinstance(part, Figure) else part for part in text)


def _parts(part: object) -> Iterator[object]:
    """Give the texts and figures of some content, in reading order."""
    if is_dataclass(part) and not isinstance(part, Figure):
        for value in vars(part).values():
            yield from _parts(value)
    elif isinstance(part, tuple):
        for one in part:
            yield from _parts(one)
    else:
        yield part


def plain(part: Any) -> Any:
    """Turn content into lists, dictionaries and texts; a block says by `block` what it is."""
    if isinstance(part, Figure):
        return {"figure": part.worded, "entry": part.entry}
    if isinstance(part, Quoted):
        return {"quoted": str(part), "lang": part.lang, "rtl": part.is_rtl}
    if isinstance(part, Entry):
        return asdict(part)
    if is_dataclass(part) and not isinstance(part, type):
        told = [one.name for one in fields(part) if one.metadata != UNTOLD]
        values = {name: plain(getattr(part, name)) for name in told}
        return {"block": type(part).__name__.lower(), **values}
    if isinstance(part, Decimal):
        return str(part)
    if isinstance(part, dict):
        return {name: plain(value) for name, value in part.items()}
    return [plain(one) for one in part] if isinstance(part, tuple | list) else part
