"""What the screens draw: one frozen value for one instant, with nothing left to compute.

Lengths stay `timedelta` (the screens only choose between the written forms of
`procroutine.durations`); days and clock times are already text; every text of other people's is
`Shown`. They are made from `Value`, since the first screen waits for these modules, and dataclasses
would cost thirteen times as much.
"""
