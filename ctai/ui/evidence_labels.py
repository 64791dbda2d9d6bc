"""Labels of assessments: what they found, as it reads on the screen."""

from ctai.i18n import wording
from ctai.ui.language import current


def finding(code: str) -> str:
    """Say what an assessment found on a measure."""
    return wording.finding(current(), code)
