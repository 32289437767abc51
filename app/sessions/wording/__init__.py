"""How one speaks of a kind of gathering: whole sentences, a set of them for each kind, put together nowhere.

A host chooses its set. What holds for any gathering ("Who is here?") is said where it stands; a sentence that names
the gathering, what it belongs to or who leads it stands here.
"""

from app.sessions.wording.meetings import MEETINGS
from app.sessions.wording.sessions import SESSIONS
from app.sessions.wording.shape import Wording

__all__ = ["MEETINGS", "SESSIONS", "Wording"]
