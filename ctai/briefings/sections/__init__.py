"""Sections: the parts of a briefing, each one what its reader asks."""
