"""Words for the codes of engagements: states, results, parts in a delegation, papers; what an organisation lacks."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

from app.advocacy.models import Access
from app.engagements.models import EngagementState, PaperState, Part, Result, SignatoryState

STATES: dict[EngagementState, Any] = {
    # I18N: state of an engagement: the group follows what happens there and does nothing itself
    EngagementState.WATCHING: _l("We watch"),
    EngagementState.PLANNED: _lp("engagement", "Planned"),
    # I18N: state of an engagement: its text is being written
    EngagementState.IN_THE_MAKING: _l("In the making"),
    # I18N: state of an engagement: the text was sent, the words were spoken
    EngagementState.SUBMITTED: _lp("engagement", "Handed in"),
    # I18N: state of an engagement: it is known what came of it
    EngagementState.CLOSED: _lp("engagement", "Ended"),
    EngagementState.GIVEN_UP: _lp("engagement", "Given up"),
}

STATE_SHAPES: dict[EngagementState, str] = {
    EngagementState.WATCHING: "expected",
    EngagementState.PLANNED: "expected",
    EngagementState.IN_THE_MAKING: "confirmed",
    EngagementState.SUBMITTED: "held",
    EngagementState.CLOSED: "held",
    EngagementState.GIVEN_UP: "cancelled",
}
"""The shape that stands beside each word (`core/marks.html`, `badge`)."""

RESULTS: dict[Result, Any] = {
    # I18N: what came of an engagement: the body says what we said
    Result.TAKEN_UP: _l("Taken up"),
    Result.PARTLY: _l("Taken up in part"),
    Result.NOT_TAKEN_UP: _l("Not taken up"),
    Result.NO_ANSWER: _l("No answer"),
}

SIGNATORY_STATES: dict[SignatoryState, Any] = {
    # I18N: of an organisation that was asked to lead or co-sign and has not answered
    SignatoryState.ASKED: _l("Asked, no answer yet"),
    SignatoryState.AGREED: _l("Has agreed"),
    SignatoryState.DECLINED: _l("Has declined"),
}

SIGNATORY_SHAPES: dict[SignatoryState, str] = {
    SignatoryState.ASKED: "expected",
    SignatoryState.AGREED: "confirmed",
    SignatoryState.DECLINED: "cancelled",
}

# I18N: of an organisation that is asked to lead or to co-sign
NOBODY_SPEAKS = _l("Nobody speaks for it in this house: ask the secretariat to record who has its mandate.")

PARTS: dict[Part, Any] = {
    # I18N: part of a person in a delegation
    Part.SPEAKS: _lp("delegation", "Travels and speaks"),
    Part.GOES: _lp("delegation", "Travels along"),
    Part.REMOTE: _lp("delegation", "Takes part from afar"),
    Part.RESERVE: _lp("delegation", "In reserve"),
}

PAPER_STATES: dict[PaperState, Any] = {
    # I18N: state of a visa or of a badge for a building of the United Nations
    PaperState.NOT_KNOWN: _lp("paper", "Not known yet"),
    PaperState.NOT_NEEDED: _lp("paper", "Not needed"),
    PaperState.TO_ASK: _lp("paper", "Still to be asked for"),
    PaperState.ASKED: _lp("paper", "Asked for"),
    PaperState.GRANTED: _lp("paper", "Granted"),
    PaperState.REFUSED: _lp("paper", "Refused"),
}

NEEDS: dict[Access, Any] = {
    # I18N: after "not eligible:"; what an organisation lacks to take part in a process of the United Nations
    Access.ECOSOC: _l("ECOSOC status needed"),
    Access.ECOSOC_GENERAL_OR_SPECIAL: _l("ECOSOC general or special status needed"),
    Access.UNFCCC: _l("UNFCCC admission needed"),
    Access.IPCC: _l("IPCC observer status needed"),
    Access.UNHABITAT: _l("UN-Habitat accreditation needed"),
}

MISSING = _l("Write in a few words what you plan.")
LONGEST_TITLE = 200
LONGEST_AIM = 4_000
LONGEST_BECAUSE = 1_000
