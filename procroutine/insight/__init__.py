"""Learning: comparisons, pace, trends, and the values the screens draw."""
