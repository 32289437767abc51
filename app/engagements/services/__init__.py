"""The use cases that write: planning and changing, who leads and co-signs, who travels."""

from app.engagements.services.delegation import Going, PersonTwice, add_delegate, change_delegate, remove_delegate
from app.engagements.services.groups import set_groups
from app.engagements.services.holding import ChangedMeanwhile, hold, record
from app.engagements.services.planning import Plan, change_engagement, plan_engagement
from app.engagements.services.reading import close_to_network, open_to_network
from app.engagements.services.signatories import (
    OnTheListAlready,
    agree,
    ask_organisation,
    decline,
    make_lead,
    take_off,
)
from app.engagements.services.stopping import give_up, take_up_again

__all__ = [
    "ChangedMeanwhile",
    "Going",
    "OnTheListAlready",
    "PersonTwice",
    "Plan",
    "add_delegate",
    "agree",
    "ask_organisation",
    "change_delegate",
    "change_engagement",
    "close_to_network",
    "decline",
    "give_up",
    "hold",
    "make_lead",
    "open_to_network",
    "plan_engagement",
    "record",
    "remove_delegate",
    "set_groups",
    "take_off",
    "take_up_again",
]
