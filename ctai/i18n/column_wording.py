"""Wording of the columns of files of records: how each is headed in a reader's language."""

from ctai.i18n.catalogue import mark, translate

COLUMNS = {
    "activity_id": mark("Number"),
    "title": mark("Title"),
    "title_language": mark("Language of the title"),
    "description": mark("Description"),
    "entity": mark("Entity"),
    "country_iso3": mark("Country"),
    "pillar": mark("Pillar"),
    "measure": mark("Measure"),
    "kind": mark("Kind"),
    "status": mark("Status"),
    "status_as_of": mark("Status as of"),
    "start_date": mark("Start"),
    "end_date": mark("End"),
    "planned_start": mark("Planned start"),
    "planned_end": mark("Planned end"),
    "actual_start": mark("Actual start"),
    "actual_end": mark("Actual end"),
    "budget": mark("Budget"),
    "currency": mark("Currency"),
    "donor": mark("Donor"),
    "location": mark("Place"),
    "source_url": mark("Source"),
    "note": mark("Note"),
    "identifier": mark("Project number"),
}
"""The columns that a file of activities may have, and what heads them."""


def column(lang: str, code: str) -> str:
    """Name a column."""
    return translate(lang, COLUMNS[code])
