"""Pictures, for formats that hold no vector graphics everywhere: a map as PNG, drawn by typst."""

import struct

import typst

from ctai.briefings.document import Map
from ctai.briefings.pdf import fonts

PPI = 220
_PAGE = b"""
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 480pt)
"""


def map_png(block: Map) -> bytes:
    """Draw a map; the same map gives the same bytes."""
    drawn: bytes = typst.compile(
        _PAGE, font_paths=fonts(), sys_inputs={"svg": block.svg}, format="png", ppi=PPI
    )
    return drawn


def proportion(png: bytes) -> float:
    """Tell how many times as wide as high a picture is, from its header."""
    width, height = struct.unpack(">II", png[16:24])
    return float(width / height)
