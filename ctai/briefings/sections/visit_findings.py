"""Part of the visit: what it found, as far as its reader may read it."""

from ctai.briefings.document import Block, Column, Paragraph, Table
from ctai.briefings.facts import assessment_code
from ctai.briefings.visiting import Visit
from ctai.briefings.writer import Words, Writer, of
from ctai.domain.assessments import AssessmentFinding
from ctai.domain.evidence import Disclosure
from ctai.i18n import wording


def blocks(w: Writer, visit: Visit) -> list[Block]:
    """Tell the findings in general, then one by one; of what is withheld, that it exists."""
    found: list[Block] = []
    if visit.draft.findings:
        found.append(Paragraph(of(Words(visit.draft.findings)), "note"))
    elif visit.draft.disclosed is Disclosure.WITHHELD:
        found.append(Paragraph(w.t("Its findings in general are withheld.")))
    if not visit.draft.discoveries:
        return [*found, Paragraph(w.t("No single finding is recorded."))]
    columns = (
        Column(w.say("Measure"), 3),
        Column(w.say("Finding"), 6),
        Column(w.say("Severity"), 1.4),
    )
    lines = tuple(
        (
            of(w.measure(one.measure)),
            of(Words(one.text) if one.text else _unread(w, one)),
            of(wording.severity(w.lang, one.severity) if one.severity else w.say("not stated")),
        )
        for one in visit.draft.discoveries
    )
    code = assessment_code(visit.number)
    n = w.ledger.count(
        f"findings {code}", (f"{code}-finding-{place}" for place in range(1, len(lines) + 1))
    )
    told = w.t("Findings on record: {n}.", n=n)
    return [*found, Paragraph(told), Table(w.say("Findings"), columns, lines)]


def _unread(w: Writer, one: AssessmentFinding) -> str:
    if one.disclosed is Disclosure.WITHHELD:
        return w.say("This finding is withheld; that it exists is all that is recorded.")
    return w.say("This finding exists; its text is not public.")
