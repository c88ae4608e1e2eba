"""Doing it: a run is its events, on disk before anything says so."""
