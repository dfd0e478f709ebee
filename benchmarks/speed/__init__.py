"""Whole-program speed: yinma beside what a user would run instead. `cases` lists what is measured
and against which goal, `peers` the other programs, `corpora` the data."""
