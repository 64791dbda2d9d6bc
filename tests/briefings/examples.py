"""Briefings put together by hand: an ordinary one, one with nothing to tell, one to break pages."""

from decimal import Decimal

from ctai.briefings.document import (
    Bullets,
    Chart,
    Column,
    Document,
    Heading,
    Paragraph,
    Series,
    Table,
    Text,
    Tile,
    Tiles,
)
from ctai.briefings.ledger import Figure, Ledger

WORDS = {
    "ledger": "Ledger: where each figure comes from",
    "asked": "Question",
    "figure": "Figure",
    "records": "Records",
    "digest": "Content hash",
}
ARABIC_WORDS = {
    "ledger": "سجل الأرقام: مصدر كل رقم",
    "asked": "السؤال",
    "figure": "الرقم",
    "records": "السجلات",
    "digest": "بصمة المحتوى",
}
MIXED = "برنامج UNODC “ПРОЕКТ” 反恐 2026 (phase II), مراكش – A/B & <C> "
LONG = (MIXED * 8)[:400]


def ordinary(lang: str = "en") -> Document:
    """Give a briefing with a block of every kind."""
    ledger = Ledger(lang)
    unmet = ledger.count("needs unmet", (f"N-BFA-{n:03}" for n in range(1, 90)))
    done = [
        _activities(ledger, f"status=completed pillar={p}", n) for p, n in (("I", 7), ("II", 1205))
    ]
    going = [_activities(ledger, f"status=ongoing pillar={p}", n) for p, n in (("I", 3), ("II", 0))]
    asked = ledger.total_usd("funding asked", {"F-BFA-2026-001": Decimal(140000)})
    bars = Chart(
        "Activities by pillar and status",
        ("I · Conditions conducive", "II · منع الإرهاب ومكافحته"),
        (Series("Completed", "#004F7A", tuple(done)), Series("Ongoing", "#0090C8", tuple(going))),
        (_isolated(done[0], lang), " and ", _isolated(done[1], lang), " are completed."),
    )
    rows: tuple[tuple[Text, ...], ...] = tuple(
        ((f"Measure {n}",), (("● Need, nothing yet · ", done[0]) if n % 2 else ()), (going[0],))
        for n in range(1, 31)
    )
    return Document(
        title="Integrated assistance: Burkina Faso" if lang != "ar" else "المساعدة: بوركينا فاسو",
        lang=lang,
        as_of="2026-06-30",
        cover=(("For", "Executive Office"), ("As of", "30 June 2026")),
        first_page=(
            Paragraph((unmet, " needs are unmet (N-BFA-001)."), "lead"),
            Tiles((Tile(done[0], "Completed"), Tile(going[0], "Ongoing"))),
            bars,
            Paragraph(
                (_isolated(asked, lang), " are asked for."),
            ),
            Heading("What is asked of you", 2),
            Bullets((("Answer ", unmet, " needs."), ("Find ", asked, "."))),
        ),
        body=(
            Heading("Partnership"),
            Heading("Gaps"),
            Table(
                "Gap matrix",
                (Column("Measure", 4), Column("بوركينا فاسو", 2), Column("Number", 1, True)),
                rows,
                tuple(("", "#C1440E" if n % 2 else "", "") for n in range(1, 31)),
            ),
            Paragraph(("An empty cell is no gap.",), "note"),
            Paragraph(("Nor is it an all-clear.",), "note"),
        ),
        ledger=ledger.entries,
        words=ARABIC_WORDS if lang == "ar" else WORDS,
    )


def empty(lang: str = "en") -> Document:
    """Give a briefing of nothing: no rows, no tiles, no figures."""
    return Document(
        title="Nothing yet",
        lang=lang,
        as_of="2026-06-30",
        cover=(),
        first_page=(Tiles(()), Bullets(()), Chart("Bars", (), (), ())),
        body=(Table("Needs", (Column("Number"), Column("Title")), ()), Heading("Last")),
        ledger=(),
        words=WORDS,
    )


def overlong(lang: str = "en") -> Document:
    """Give a briefing whose texts are longer than a slide, in several scripts at once."""
    ledger = Ledger(lang)
    many = _activities(ledger, "status=completed", 2000)
    columns = tuple(Column(f"Column {x}", 1 + x % 3) for x in range(12))
    rows: tuple[tuple[Text, ...], ...] = (
        tuple((LONG,) for _ in columns),
        tuple(("x" * 120 + "\x0b\x00",) for _ in columns),
    )
    return Document(
        title=LONG,
        lang=lang,
        as_of="2026-06-30",
        cover=((LONG, LONG),),
        first_page=(
            Paragraph((many, " ", LONG * 6), "lead"),
            Tiles(tuple(Tile(many, LONG) for _ in range(6))),
            Bullets(tuple((LONG, many) for _ in range(9))),
        ),
        body=(
            Heading(LONG),
            Table(LONG, columns, rows),
            Paragraph((LONG,), "note"),
            Chart(LONG, (LONG, "b"), (Series(LONG, "#004F7A", (many, many)),), (LONG * 3, many)),
        ),
        ledger=ledger.entries,
        words=WORDS,
    )


def crowded(lang: str = "en") -> Document:
    """Give a briefing of one figure that thousands of records bear out."""
    ledger = Ledger(lang)
    codes = [f"N-BFA-{n:04}" for n in range(1, 2001)] + [f"A-{n}" for n in range(1, 2001)]
    return Document(
        title="Crowded",
        lang=lang,
        as_of="2026-06-30",
        cover=(),
        first_page=(Paragraph((ledger.count("records", codes), " records.")),),
        body=(Heading("Last"),),
        ledger=ledger.entries,
        words=WORDS,
    )


ADDRESSES = ("https://www.un.org/a?b=1&c=2", "https://news.example/d")


def sourced(lang: str = "en") -> Document:
    """Give a briefing of a table with a code and two sources, and of a sentence with a code."""
    columns = (Column("Number"), Column("Source"))
    return Document(
        title="Sourced",
        lang=lang,
        as_of="2026-06-30",
        cover=(),
        first_page=(Paragraph(("The oldest waits (N-BFA-071).",)),),
        body=(Table("Needs", columns, ((("N-BFA-070",), (" ".join(ADDRESSES),)),)),),
        ledger=(),
        words=WORDS,
    )


def wide(lang: str = "en") -> Document:
    """Give a briefing of a small table with many columns of long words."""
    labels = ("Запрошено", "Запланировано", "Осуществляется", "Завершено", "Статус неизвестен")
    columns = (
        Column("Основной компонент", 2.4),
        *(Column(label, is_number=True) for label in (*labels, *labels[:2], "Всего")),
    )
    rows: tuple[tuple[Text, ...], ...] = tuple(
        ((f"{n} · Способствующие условия",), *(("1",) for _ in columns[1:])) for n in range(5)
    )
    return Document(
        title="Wide",
        lang=lang,
        as_of="2026-06-30",
        cover=(),
        first_page=(),
        body=(Table("Мероприятия", columns, rows),),
        ledger=(),
        words=WORDS,
    )


def _activities(ledger: Ledger, asked: str, count: int) -> Figure:
    return ledger.count(f"activities {asked}", (f"A-{n}" for n in range(1, count + 1)))


def _isolated(figure: Figure, lang: str) -> Figure:
    """Word a figure as a sentence from right to left does: isolated from what is around it."""
    if lang != "ar":
        return figure
    return Figure(figure.value, f"\u2068{figure.worded}\u2069", figure.entry)


KINDS = [ordinary, empty, overlong]
"""An ordinary briefing, one with nothing to tell, and one to break pages."""
