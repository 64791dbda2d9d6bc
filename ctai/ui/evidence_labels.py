"""Labels of assessments: what they found, as it reads on the screen."""

from ctai.domain.evidence import Finding
from ctai.i18n import mark
from ctai.ui.language import t

_FINDINGS = {
    Finding.NEED: mark("A need was found"),
    Finding.NO_NEED: mark("No need was found"),
    Finding.NOT_RECORDED: mark("What was found is not recorded"),
}


def finding(code: str) -> str:
    """Say what an assessment found on a measure."""
    return t(_FINDINGS[Finding(code)])
