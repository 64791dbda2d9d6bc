"""The template of an entity: which columns its sheet has, and what of them may be filled in."""

SHEET = "_ctai"
"""The hidden sheet by which a template is known: what it is, its entity, language and sheet."""
GIVEN = "_given"
"""The hidden sheet with the rows as they were given out, codes at their head."""
LISTS = "_lists"
"""The hidden sheet with the words of the drop-downs."""
SIGN = "ctai template 1"

OWN = (
    "title",
    "status",
    "status_as_of",
    "planned_start",
    "planned_end",
    "actual_start",
    "actual_end",
    "location",
    "note",
    "description",
)
"""What may be changed of a record that is there; each holds all that the record has of it."""
FIXED = ("activity_id", "entity", "country_iso3", "measure")
MORE = ("budget", "currency", "source_url")
"""What only a new record takes from here: one that is there may have several."""
COLUMNS = (*FIXED, *OWN, *MORE, "title_language")
EMPTY_ROWS = 200
"""Rows for new records."""
