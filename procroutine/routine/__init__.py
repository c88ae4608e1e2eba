"""What is to be done: routines, their files, schedules and revisions."""
