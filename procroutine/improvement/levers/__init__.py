"""What could be changed, one module for each kind of lever (FORMULAS 7: after ECRS and SMED)."""
