"""The timeline: one bar per activity, assessments as diamonds above, and where today stands."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

import altair as alt
import pandas as pd

from ctai.domain.activities import Status
from ctai.domain.dates import first_day, last_day
from ctai.domain.strategy import Pillar, by_code
from ctai.figures import signs, style
from ctai.i18n import translate
from ctai.i18n.dates import partial_date
from ctai.i18n.languages import locale_of
from ctai.i18n.numbers import number

SELECTION: Final = "activity"
ROW_PX: Final = 28
ASSESSMENTS: Final = "assessments"
DRAWN: Final = ["activity_id", "row", "status", "from", "to", "is_open", "title", "told", "when"]
ASSESSMENTS_DRAWN: Final = ["row", "from", "title", "when"]
"""All that travels to the browser."""

_LEAST_SPAN = timedelta(days=400)


def timeline(
    spans: pd.DataFrame,
    lang: str,
    today: date,
    assessments: pd.DataFrame | None = None,
    *,
    dark: bool = False,
) -> style.Figure:
    """Draw when activities ran, under their pillars, oldest first.

    `spans` has activity_id, title, status, measure, start and end; `assessments` has
    assessment_id, title, start and end, one row each or more. Dates are reduced-precision ISO
    8601 texts: a bar reaches from the first day that its start can mean to the last that its end
    can. An ongoing activity without an end fades out towards today; any other without one date
    is drawn where the other date lies. The selection `activity` names activity_id.
    """
    select = style.one_of(SELECTION, ["activity_id"])
    bars, diamonds = _bars(spans, lang, today), _diamonds(assessments, lang)
    if bars.empty and diamonds.empty:
        return style.empty(lang, dark=dark, select=select)
    rows = _rows(bars, spans, diamonds, lang)
    x = _time([*bars["from"], *bars["to"], *diamonds["from"]], today, lang)
    y = style.rows_of(rows, "row", lang, 0.5)
    chart = style.layers(
        _today(today, x, 1.5 if len(diamonds) else 0.5, lang, dark),
        *_spans(bars, y, select, lang, dark),
        *([] if diamonds.empty else [_marks(diamonds, y, lang, dark)]),
    )
    return style.dressed(chart, lang, len(rows) * ROW_PX, dark=dark)


def picked(selection: Mapping[str, object]) -> int | None:
    """The activity picked, from Streamlit's selection; None without one."""
    number_of = style.first_of(selection, SELECTION).get("activity_id")
    if isinstance(number_of, bool) or not isinstance(number_of, int | float):
        return None
    return int(number_of) if number_of == number_of // 1 and number_of > 0 else None


def summary(spans: pd.DataFrame, lang: str) -> str:
    """Say how many activities are drawn, how many of them are ongoing, and over which years."""
    dated = spans[spans["start"].notna() | spans["end"].notna()]
    texts = [text for name in ("start", "end") for text in dated[name].dropna()]
    if not texts:
        return translate(lang, "Timeline: no activity with a date is recorded for this choice.")
    return translate(
        lang,
        "Timeline of {n} activities from {first} to {last}; {ongoing} are ongoing.",
        n=number(lang, dated["activity_id"].nunique()),
        first=min(texts)[:4],
        last=max(texts)[:4],
        ongoing=number(lang, int((dated["status"] == Status.ONGOING).sum())),
    )


def _bars(spans: pd.DataFrame, lang: str, today: date) -> pd.DataFrame:
    rows = []
    for span in spans.to_dict("records"):
        start, end = (span[n] if isinstance(span[n], str) else None for n in ("start", "end"))
        if start is None and end is None:
            continue
        is_open = end is None and span["status"] == Status.ONGOING and start is not None
        first, last = first_day(start or end or ""), last_day(end or start or "")
        rows.append(
            (
                int(span["activity_id"]),
                str(int(span["activity_id"])),
                str(span["status"]),
                pd.Timestamp(first),
                pd.Timestamp(max(last, today) if is_open else last),
                is_open,
                str(span["title"]),
                style.status_label(lang, str(span["status"])),
                _when(start, end, lang),
            )
        )
    return pd.DataFrame(rows, columns=DRAWN).sort_values(["from", "to", "activity_id"])


def _diamonds(assessments: pd.DataFrame | None, lang: str) -> pd.DataFrame:
    if assessments is None:
        return pd.DataFrame(columns=ASSESSMENTS_DRAWN)
    rows = []
    for row in assessments.drop_duplicates("assessment_id").to_dict("records"):
        start, end = (row[n] if isinstance(row[n], str) else None for n in ("start", "end"))
        if at := end or start:
            when = _when(start, end, lang)
            rows.append((ASSESSMENTS, pd.Timestamp(first_day(at)), str(row["title"]), when))
    return pd.DataFrame(rows, columns=ASSESSMENTS_DRAWN)


def _when(start: str | None, end: str | None, lang: str) -> str:
    if start and end and start != end:
        first, last = partial_date(lang, start), partial_date(lang, end)
        return translate(lang, "{first} to {last}", first=first, last=last)
    if end:
        return (
            translate(lang, "until {date}", date=partial_date(lang, end))
            if not start
            else (partial_date(lang, end))
        )
    return translate(lang, "from {date}, end not known", date=partial_date(lang, start))


def _rows(
    bars: pd.DataFrame, spans: pd.DataFrame, diamonds: pd.DataFrame, lang: str
) -> list[tuple[str, str]]:
    """Assessments first, then each pillar's name above its activities."""
    measure = dict(zip(spans["activity_id"].astype(int), spans["measure"], strict=True))
    rows = [(ASSESSMENTS, translate(lang, "Assessments"))] if len(diamonds) else []
    unplaced = translate(lang, "Pillar not known")
    for pillar in (*Pillar, None):
        mine = [
            (str(row), str(title))
            for row, number_of, title in zip(
                bars["row"], bars["activity_id"], bars["title"], strict=True
            )
            if _pillar(measure[int(number_of)]) is pillar
        ]
        if mine:
            name = unplaced if pillar is None else style.pillar_label(lang, pillar)
            rows += [(f"{style.PILLAR_ROW}{pillar}", name), *mine]
    return rows


def _pillar(measure: object) -> Pillar | None:
    known = by_code().get(measure) if isinstance(measure, str) else None
    return None if known is None else known.pillar


def _time(days: list[pd.Timestamp], today: date, lang: str) -> alt.X:
    """The axis of time: years, or months in the reader's language where it is short."""
    now = pd.Timestamp(today)
    last = max([*days, now])
    first = min(*days, now, last - _LEAST_SPAN)
    ends = [first.isoformat(), (last + (last - first) * 0.02).isoformat()]
    axis = alt.Axis(
        title=None,
        orient="top",
        grid=True,
        gridOpacity=0.5,
        tickCount=_ticks((last - first).days / 365),
        labelExpr=_tick_words(lang),
        labelFlush=False,
        labelOverlap="greedy",
        labelPadding=6,
    )
    return alt.X("from:T", scale=alt.Scale(domain=ends, reverse=style.is_rtl(lang)), axis=axis)


def _ticks(years: float) -> alt.TimeIntervalStep:
    if years > 2.5:
        return alt.TimeIntervalStep(interval="year", step=max(1, round(years / 8)))
    return alt.TimeIntervalStep(interval="month", step=max(1, round(years * 12 / 8)))


def _tick_words(lang: str) -> str:
    """Each January as its year, the other months by name: Vega itself knows English only."""
    months = locale_of(lang).months["format"]["abbreviated"]
    names = style.lookup({str(month - 1): str(months[month]) for month in range(1, 13)})
    january = "month(datum.value) === 0"
    return f"{january} ? timeFormat(datum.value, '%Y') : {names}[month(datum.value)]"


def _today(today: date, x: alt.X, row: float, lang: str, dark: bool) -> alt.LayerChart:
    """A line through all rows, named beside the first pillar's name, where no bar lies.

    It alone carries the scale of time: Vega-Lite would unite equal ones, and warn of it.
    """
    frame = pd.DataFrame({"from": [pd.Timestamp(today)], "label": [translate(lang, "Today")]})
    colour = signs.quiet(dark=dark)
    return style.layers(
        alt.Chart(frame).mark_rule(color=colour, strokeDash=[2, 3], aria=False).encode(x=x),
        alt.Chart(frame)
        .mark_text(
            color=colour,
            fontSize=11,
            baseline="middle",
            align="left" if style.is_rtl(lang) else "right",
            dx=4 if style.is_rtl(lang) else -4,
            y=row * ROW_PX,
        )
        .encode(x="from:T", text="label:N"),
    )


def _spans(
    bars: pd.DataFrame, y: alt.Y, select: alt.Parameter, lang: str, dark: bool
) -> list[alt.Chart]:
    """Closed bars, and bars that fade out since nobody has given their end."""
    present = [status for status in signs.STATUSES if status in set(bars["status"])]
    paint = _status_paint(present, lang, dark)
    ongoing = signs.STATUSES[Status.ONGOING].colour(dark=dark)
    base = alt.Chart(bars).encode(x="from:T", x2="to:T", y=y, tooltip=_tooltips(lang))
    closed = base.transform_filter("!datum.is_open").mark_bar(cursor="pointer", cornerRadius=1)
    fading = base.transform_filter("datum.is_open").mark_bar(cursor="pointer")
    whole = closed.add_params(select).encode(
        *paint, strokeWidth=alt.condition(select, alt.value(3.5), alt.value(1.6))
    )
    if not bars["is_open"].any():
        return [whole]  # a layer without a mark would be a picture without a name
    return [
        whole,
        fading.encode(
            fill=alt.value(_gradient(ongoing, lang)),
            stroke=alt.value(ongoing),
            strokeWidth=alt.condition(select, alt.value(2), alt.value(0)),
        ),
    ]


def _status_paint(
    present: list[Status], lang: str, dark: bool
) -> tuple[alt.Fill, alt.Stroke, alt.StrokeDash]:
    shown = [signs.STATUSES[status] for status in present]
    lines = [sign.colour(dark=dark) for sign in shown]
    fills = [sign.colour(dark=dark) if sign.filled else "transparent" for sign in shown]
    dashes = [list(sign.dash) for sign in shown]
    key = style.legend({str(s): style.status_label(lang, s) for s in present}, lang, 4)
    return (
        alt.Fill("status:N", scale=alt.Scale(domain=present, range=fills), legend=key),
        alt.Stroke("status:N", scale=alt.Scale(domain=present, range=lines), legend=key),
        alt.StrokeDash("status:N", scale=alt.Scale(domain=present, range=dashes), legend=key),
    )


def _gradient(colour: str, lang: str) -> dict[str, object]:
    ends = (1, 0) if style.is_rtl(lang) else (0, 1)
    return {
        "gradient": "linear",
        "x1": ends[0],
        "x2": ends[1],
        "y1": 0,
        "y2": 0,
        "stops": [{"offset": 0, "color": colour}, {"offset": 1, "color": f"{colour}26"}],
    }


def _marks(diamonds: pd.DataFrame, y: alt.Y, lang: str, dark: bool) -> alt.Chart:
    marks: alt.Chart = (
        alt.Chart(diamonds)
        .mark_point(shape="diamond", size=90, filled=True, opacity=1)
        .encode(
            x="from:T",
            y=y,
            color=alt.value(signs.ink(dark=dark)),
            tooltip=[
                alt.Tooltip("title:N", title=translate(lang, "Assessment")),
                alt.Tooltip("when:N", title=translate(lang, "Date")),
            ],
        )
    )
    return marks


def _tooltips(lang: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("title:N", title=translate(lang, "Activity")),
        alt.Tooltip("told:N", title=translate(lang, "Status")),
        alt.Tooltip("when:N", title=translate(lang, "Date")),
    ]
