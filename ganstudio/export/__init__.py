"""Taking it away: stills that know their place, sheets, plots, time-lapses, tables and model files.

Not responsible for drawing pictures (`gan`) nor for when and where to save (`studio`).
"""
