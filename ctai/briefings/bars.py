"""Stacked bars as a native chart, which its reader may edit; in slides and on pages alike."""

from decimal import Decimal
from math import ceil
from typing import Any

from pptx import Presentation
from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import CategoryChartData
from pptx.chart.datalabel import DataLabels
from pptx.chart.series import BarSeries
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt

from ctai.briefings import pieces
from ctai.briefings.document import Chart
from ctai.briefings.pieces import ARABIC, CHINESE, INK, LATIN, RULE

BLANK = 6
"""The layout of python-pptx's own deck that holds nothing."""
TOTAL = "\u00a0"
"""The name of the sums, which stand behind the bars as numbers without a bar of their own: one
that the legend shows nothing of. To take them out of it by their place would take out another kind
in some programs, which count the kinds of lying bars from the last."""
SMALLEST = Decimal("0.04")
"""A part that is less than this share of the longest bar has no room for its number."""


def chart_parts(chart: Chart, lang: str, points: int) -> tuple[bytes, bytes]:
    """Draw a chart with letters of a size in points; give its part of a package, and the workbook
    that it refers to as rId1.
    """
    rtl = pieces.is_rtl(lang)
    data: Any = CategoryChartData(number_format="#,##0")  # type: ignore[no-untyped-call]  # ships no types
    data.categories = [pieces.embedded(row, rtl) for row in chart.rows]
    for series in chart.series:
        data.add_series(
            pieces.embedded(series.label, rtl), [_number(one.value) for one in series.values]
        )
    data.add_series(TOTAL, [_number(one) for one in _totals(chart)])
    scratch = Presentation()
    slide = scratch.slides.add_slide(scratch.slide_layouts[BLANK])
    frame: Any = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_STACKED, Emu(0), Emu(0), Emu(1), Emu(1), data
    )
    _style(frame.chart, chart, lang, points)
    part = frame.chart.part
    return part.blob, part.chart_workbook.xlsx_part.blob


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _totals(chart: Chart) -> list[Decimal]:
    return [
        sum((series.values[row].value for series in chart.series), Decimal(0))
        for row in range(len(chart.rows))
    ]


def _style(native: NativeChart, chart: Chart, lang: str, points: int) -> None:
    most = max([*_totals(chart), Decimal(1)])
    _letters(native, lang, points)
    native.has_title = False
    native.has_legend = True
    # In a row the kinds would run from left to right; below each other they read in any language.
    at_side = pieces.is_rtl(lang)
    native.legend.position = XL_LEGEND_POSITION.LEFT if at_side else XL_LEGEND_POSITION.BOTTOM
    native.legend.include_in_layout = False
    rows = native.category_axis
    rows.reverse_order = True
    rows.has_major_gridlines = False
    rows.major_tick_mark = XL_TICK_MARK.NONE
    rows.format.line.color.rgb = _colour(RULE)
    scale = native.value_axis
    scale.reverse_order = pieces.is_rtl(lang)
    scale.has_major_gridlines = False
    scale.minimum_scale, scale.maximum_scale = 0, float(most * Decimal("1.08"))
    scale.visible = False
    plot = native.plots[0]
    plot.gap_width, plot.overlap = 45, 100
    for series, of_kind in zip(chart.series, plot.series, strict=False):
        of_kind.format.fill.solid()
        of_kind.format.fill.fore_color.rgb = _colour(series.colour)
        labels = _labels(of_kind, points, pieces.ink_on(series.colour))
        labels.number_format = f'[>={ceil(most * SMALLEST)}]#,##0;""'
        labels.position = XL_LABEL_POSITION.CENTER
    totals = plot.series[len(chart.series)]
    totals.format.fill.background()
    labels = _labels(totals, points, INK)
    labels.number_format = "#,##0"
    labels.font.bold = True
    labels.position = XL_LABEL_POSITION.INSIDE_BASE


def _labels(series: BarSeries, points: int, colour: str) -> DataLabels:
    labels: DataLabels = series.data_labels
    labels.show_value = True
    labels.number_format_is_linked = False
    labels.font.size = Pt(points)
    labels.font.color.rgb = _colour(colour)
    return labels


def _colour(colour: str) -> RGBColor:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]  # ships no types


def _letters(native: NativeChart, lang: str, points: int) -> None:
    font = native.font
    font.size = Pt(points)
    font.color.rgb = _colour(INK)
    font.name = LATIN
    letters = font._rPr
    latin = letters.find(qn("a:latin"))
    for tag, name in (("cs", ARABIC), ("ea", CHINESE)):
        latin.addnext(parse_xml(f'<a:{tag} {nsdecls("a")} typeface="{name}"/>'))
    native._chartSpace.find(qn("c:txPr")).addprevious(
        parse_xml(f"<c:spPr {nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>")
    )
