"""Files in and out: readers give drafts and faults, writers give bytes."""
