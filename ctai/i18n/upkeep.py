"""Wording of what keeps records true: quarters, and what waits for somebody; also in files."""

from ctai.i18n import lists
from ctai.i18n.catalogue import mark, translate, translate_plural
from ctai.i18n.names import country_name

QUARTER_STATES = {
    "reported": mark("Reported"),
    "nothing_to_report": mark("Nothing to report"),
    "silent": mark("Silent"),
    "running": mark("Nothing yet; the quarter is not over"),
    "not_asked": mark("Not asked"),
}
WAITING = {
    "enquiry": mark("Question to answer"),
    "outside": mark("Help asked for"),
    "no_answer": mark("No answer in time"),
    "consent": mark("Consent asked for"),
    "proposal": mark("Change to review"),
    "funding_review": mark("Funding request to review"),
    "funding_returned": mark("Funding request to mend"),
    "stale_records": mark("Records to confirm"),
    "need_due": mark("Need, wanted soon"),
    "follow_up": mark("Follow-up"),
    "need_check": mark("Check after a year"),
    "quarter": mark("Quarter to report on"),
}
SENTENCES = {
    "enquiry": mark("{about} is asked what it can do about this need: {subject}"),
    "outside": mark("{about} is asked whether it can help with this need: {subject}"),
    "no_answer": mark("{about} has not answered in time about this need: {subject}"),
    "consent": mark(
        "{about} is asked whether this need may be shared outside the United Nations: {subject}"
    ),
    "proposal": mark("A change by {about} waits to be accepted or returned: {subject}"),
    "funding_review": mark("A funding request of {about} waits for its review: {subject}"),
    "funding_returned": mark("A funding request of {about} came back to be mended: {subject}"),
    "need_due": mark("This need of {about} is unmet, and wanted by this date: {subject}"),
    "follow_up": mark("To be done after an assessment led by {about}: {subject}"),
    "need_check": mark("A year after the answer: has this need of {about} been met? {subject}"),
    "quarter": mark("{about} has not told us anything of {subject}."),
}
OF_COUNTRIES = frozenset({"consent", "need_due", "need_check"})
"""Kinds that tell the countries concerned, where the others tell an entity."""
UNNAMED = mark(
    "{about} is asked whether one of its needs may be shared outside the United Nations."
)


def quarter(lang: str, code: str) -> str:
    """Name a quarter, such as 2026-Q3."""
    return translate(lang, "quarter {n} of {year}", n=code[-1], year=code[:4])


def quarter_state(lang: str, code: str) -> str:
    """Name what is known of an entity's quarter."""
    return translate(lang, QUARTER_STATES[code])


def waiting(lang: str, code: str) -> str:
    """Name a kind of what waits."""
    return translate(lang, WAITING[code])


def sentence(lang: str, code: str, subject: str, about: str, count: int = 1) -> str:
    """Say what waits; `about` is an entity's acronym, or codes of countries (`OF_COUNTRIES`)."""
    if code == "stale_records":
        return translate_plural(
            lang,
            "{n} activity of yours has not been confirmed for a year.",
            "{n} activities of yours have not been confirmed for a year.",
            count,
        )
    named = countries(lang, about) if code in OF_COUNTRIES else about
    if code == "consent" and not subject:
        return translate(lang, UNNAMED, about=named)
    told = quarter(lang, subject) if code == "quarter" else subject
    return translate(lang, SENTENCES[code], subject=told, about=named)


def countries(lang: str, codes: str) -> str:
    """Name the Member States of a text of codes, joined by "; "."""
    names = [country_name(lang, iso3) for iso3 in codes.split("; ") if iso3]
    return lists.told(lang, names)
