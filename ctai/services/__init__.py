"""Writes: one verb a file, one transaction, one entry in the revision log."""
