"""One module for each place and dialog of the app."""
