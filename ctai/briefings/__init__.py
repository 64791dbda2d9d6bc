"""Briefings: what a reader should know before a meeting, as one content in several formats."""
