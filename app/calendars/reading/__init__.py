"""From the bytes of a calendar to the events in it: no database, no reader, no guesses.

What cannot be read is said with its line and skipped; what is unclear (zones that nobody knows, hours without any) is
said and left out until somebody chooses. What repeats is spread out inside a window only, and a file that would keep
the machine busy for long is refused.
"""

from app.calendars.reading.reading import LONGEST_READING, WINDOW_AHEAD, WINDOW_BACK, Entry, Reading, read
from app.calendars.reading.troubles import Fault, Trouble, UnreadableCalendar

__all__ = [
    "LONGEST_READING",
    "WINDOW_AHEAD",
    "WINDOW_BACK",
    "Entry",
    "Fault",
    "Reading",
    "Trouble",
    "UnreadableCalendar",
    "read",
]
