"""Remembering: finished runs in TinyDB, one file per device and year."""
