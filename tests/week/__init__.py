"""A week of a busy network, with the clock injected: 500 people in 12 zones, sessions that move, deadlines confirmed.

`make week` (`python -m tests.week`) plays it in a house of its own and prints what a few of these people would have
found in their mailboxes, with the hour on their own clock, then counts what must not happen. People and words are
invented.
"""
