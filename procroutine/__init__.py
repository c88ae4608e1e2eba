"""A terminal app for guided weekly routines: checklists with a timer on every step."""

__version__ = "0.1.0"
