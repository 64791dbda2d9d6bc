"""Formats: what a briefing's content is written as."""

from collections.abc import Callable
from dataclasses import dataclass

from ctai.briefings.document import Document
from ctai.briefings.pdf import pdf_bytes
from ctai.briefings.slides import pptx_bytes
from ctai.briefings.word import docx_bytes
from ctai.domain.briefing import Format
from ctai.domain.faults import Fault, Refused, shown


@dataclass(frozen=True)
class Writing:
    """How a format is written, and what a browser calls it."""

    written: Callable[[Document], bytes]
    media_type: str


FORMATS: dict[Format, Writing] = {
    Format.PDF: Writing(pdf_bytes, "application/pdf"),
    Format.DOCX: Writing(
        docx_bytes, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ),
    Format.PPTX: Writing(
        pptx_bytes, "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    ),
}
"""Every format that is offered; the same content gives the same bytes."""


def format_of(code: str) -> Format:
    """Read a format's code; Refused names those there are."""
    if code in FORMATS:
        return Format(code)
    wanted = ", ".join(FORMATS)
    fault = Fault(
        "“{seen}” is no format of a briefing. Choose one of: {wanted}.",
        "format",
        {"seen": shown(code), "wanted": wanted},
    )
    raise Refused([fault])
