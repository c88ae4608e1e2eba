"""Getting under the goal: what to change first, and what a change would bring."""
