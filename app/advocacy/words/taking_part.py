"""What ways to take part are called, and what an organisation needs or has for them; lists hold them in the order in
which pages offer them."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from app.advocacy.models import Access, ModeCode, Standing

MODES: dict[ModeCode, Any] = {
    # I18N: way to take part in a space: a contribution sent to a body
    ModeCode.WRITTEN_SUBMISSION: _l("Written contribution"),
    # I18N: way to take part: what organisations report beside their State, also shadow or alternative report
    ModeCode.PARALLEL_REPORT: _l("Parallel report"),
    # I18N: way to take part: questions that a committee should put to a State
    ModeCode.LIST_OF_ISSUES: _l("Input for the list of issues"),
    # I18N: way to take part: the answer to a published questionnaire
    ModeCode.CALL_FOR_INPUT: _l("Answer to a call for input"),
    # I18N: way to take part: asking a special procedure to write to a State
    ModeCode.URGENT_COMMUNICATION: _l("Urgent appeal or letter of allegation"),
    # I18N: way to take part: a complaint of one person or group to a committee
    ModeCode.COMPLAINT: _l("Individual complaint or inquiry"),
    # I18N: way to take part: a formal text that the body publishes
    ModeCode.WRITTEN_STATEMENT: _l("Written statement"),
    # I18N: way to take part
    ModeCode.ORAL_STATEMENT: _l("Oral statement"),
    # I18N: way to take part: a text of a major group
    ModeCode.POSITION_PAPER: _l("Position paper"),
    # I18N: way to take part: in the premises and the official programme
    ModeCode.SIDE_EVENT: _l("Side event"),
    # I18N: way to take part: run by organisations, outside the premises
    ModeCode.PARALLEL_EVENT: _l("Parallel event"),
    # I18N: way to take part: being there
    ModeCode.ATTENDANCE: lazy_pgettext("mode", "Attending"),
    # I18N: way to take part: as a member of what one's State sends
    ModeCode.NATIONAL_DELEGATION: _l("In the delegation of one’s State"),
    # I18N: way to take part: speaking with permanent missions and delegations
    ModeCode.LOBBYING: _l("Talking to missions and delegations"),
    # I18N: way to take part: in what a State prepares at home
    ModeCode.NATIONAL_CONSULTATION: _l("Consultation by one’s State"),
    # I18N: way to take part: meetings with the body
    ModeCode.DIALOGUE: _l("Meeting or consultation"),
    # I18N: way to take part: reporting what became of recommendations
    ModeCode.FOLLOW_UP: _l("Follow-up report"),
    # I18N: way to take part: gaining the right to do so
    ModeCode.ACCREDITATION: _l("Accreditation"),
    # I18N: way to take part: through a group of observers of the UNFCCC
    ModeCode.CONSTITUENCY: _l("Constituency of observers"),
    # I18N: way to take part: commenting on drafts of an assessment
    ModeCode.EXPERT_REVIEW: _l("Expert review"),
    # I18N: way to take part: proposing somebody
    ModeCode.NOMINATION: _l("Nomination"),
    # I18N: way to take part: public action around a date
    ModeCode.MOBILISATION: _l("Mobilisation"),
    # I18N: way to take part: quoting a text that exists in reports, statements, cases
    ModeCode.USE: _l("Quoting the text"),
}

ACCESSES: dict[Access, Any] = {
    # I18N: what an organisation needs to take part
    Access.NONE: _l("No status needed"),
    # I18N: what an organisation needs to take part
    Access.ECOSOC: _l("ECOSOC consultative status needed"),
    # I18N: what an organisation needs to take part; roster is the third kind of status, which is not enough
    Access.ECOSOC_GENERAL_OR_SPECIAL: _l("General or special ECOSOC status needed"),
    # I18N: what an organisation needs to take part
    Access.UNFCCC: _l("Admission as a UNFCCC observer needed"),
    # I18N: what an organisation needs to take part
    Access.IPCC: _l("Status as an IPCC observer needed"),
    # I18N: what an organisation needs to take part
    Access.UNHABITAT: _l("Accreditation with UN-Habitat needed"),
    # I18N: what an organisation needs to take part: nothing but its registration
    Access.REGISTRATION: _l("Open to whoever registers"),
    # I18N: how an organisation takes part
    Access.MAJOR_GROUP: _l("Through a major group"),
    # I18N: how an organisation takes part
    Access.PARTNER: _l("Together with a mission or an office of the United Nations"),
    # I18N: who may do so
    Access.VICTIMS: _l("Only for victims and whoever represents them"),
}

STANDINGS: dict[Standing, Any] = {
    # I18N: what an organisation has been granted; ECOSOC is the Economic and Social Council
    Standing.ECOSOC_GENERAL: _l("ECOSOC, general consultative status"),
    # I18N: what an organisation has been granted
    Standing.ECOSOC_SPECIAL: _l("ECOSOC, special consultative status"),
    # I18N: what an organisation has been granted
    Standing.ECOSOC_ROSTER: _l("ECOSOC, on the roster"),
    # I18N: what an organisation has been granted
    Standing.UNFCCC: _l("UNFCCC, admitted as an observer"),
    # I18N: what an organisation has been granted
    Standing.IPCC: _l("IPCC, observer"),
    # I18N: what an organisation has been granted
    Standing.UNHABITAT: _l("UN-Habitat, accredited"),
}

LIMIT_STATUSES: dict[str, Any] = {
    "": _l("any organisation"),
    **{standing.value: STANDINGS[standing] for standing in Standing},
}
"""For whom a word limit holds (`WordLimit.status`)."""
