"""Reads: a session, a viewer and plain filters in; frames or frozen values out."""
