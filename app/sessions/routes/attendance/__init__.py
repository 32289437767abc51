"""Who was there: the sheet and walk-ins, one's own word, counts behind screens, the list of a meeting programme."""

from app.sessions.routes.attendance import claims, head_counts, meeting_lists, sheet

MODULES = (sheet, claims, head_counts, meeting_lists)
"""Named here so that every address hangs on the blueprint before it is registered."""
