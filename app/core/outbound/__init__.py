"""The one door to addresses outside the house: calendars of others, and later sister houses and sign-in.

    answer = fetch(address, accept="text/calendar", rules=house_rules())

Whoever types an address decides where this machine knocks; so nothing is asked before every address that the name
stands for is known to be public, and the connection goes to one of those that were looked at, never to the result of a
second look. https alone, few redirections, each looked at anew, an end to every wait and to every body. Errors are
those of `errors`, each with a code that a page can put into words. See docs/decisions/0027-one-door-to-the-outside.md.
"""

from app.core.outbound.errors import AddressRefused, AnswerRefused, NotReached, OutboundFailed, Reason
from app.core.outbound.fetching import Answer, Limits, fetch
from app.core.outbound.targets import Rules, Target, house_rules, target_of

__all__ = [
    "AddressRefused",
    "Answer",
    "AnswerRefused",
    "Limits",
    "NotReached",
    "OutboundFailed",
    "Reason",
    "Rules",
    "Target",
    "fetch",
    "house_rules",
    "target_of",
]
