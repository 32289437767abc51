"""What the codes of spaces, dates and facts are called; lists hold them in the order in which pages offer them.
Those of ways to take part are in `taking_part`."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from app.advocacy.models import (
    Anchor,
    Claim,
    NoteAbout,
    OccurrenceKind,
    SpaceKind,
    StepCode,
)
from app.moments.models import Certainty

SPACE_KINDS: dict[SpaceKind, Any] = {
    # I18N: kind of advocacy space: States examine each other (the UPR)
    SpaceKind.PEER_REVIEW: _l("Review among States"),
    # I18N: kind of advocacy space: the Human Rights Council
    SpaceKind.COUNCIL: lazy_pgettext("space", "Council"),
    # I18N: kind of advocacy space: a Special Rapporteur or a working group of experts of the Human Rights Council
    SpaceKind.SPECIAL_PROCEDURE: _l("Special procedure"),
    # I18N: kind of advocacy space: a committee of experts that watches over a treaty
    SpaceKind.TREATY_BODY: _l("Treaty body"),
    # I18N: kind of advocacy space: how a treaty body comes to a text, such as a general comment
    SpaceKind.TREATY_PROCESS: _l("Process of a treaty body"),
    # I18N: kind of advocacy space
    SpaceKind.TREATY: _l("Treaty"),
    # I18N: kind of advocacy space: a commission of ECOSOC
    SpaceKind.COMMISSION: lazy_pgettext("space", "Commission"),
    # I18N: kind of advocacy space
    SpaceKind.FORUM: lazy_pgettext("space", "Forum"),
    # I18N: kind of advocacy space: an agenda that States agreed upon (the 2030 Agenda)
    SpaceKind.FRAMEWORK: _l("Agenda of States"),
    # I18N: kind of advocacy space: something a State does at home
    SpaceKind.NATIONAL_PROCESS: _l("National process"),
    # I18N: kind of advocacy space: an assembly or a board that governs a programme of the United Nations
    SpaceKind.GOVERNING_BODY: _l("Governing body"),
    # I18N: kind of advocacy space: a conference of the parties to a treaty
    SpaceKind.CONFERENCE: lazy_pgettext("space", "Conference"),
    # I18N: kind of advocacy space: experts who assess what is known (IPCC)
    SpaceKind.ASSESSMENT_BODY: _l("Assessment body"),
    # I18N: kind of advocacy space
    SpaceKind.PROCESS: lazy_pgettext("space", "Process"),
    # I18N: kind of advocacy space: where an organisation applies for a status
    SpaceKind.ACCESS: _l("Way to a status"),
    # I18N: kind of advocacy space: a day of the year, such as World Habitat Day
    SpaceKind.OBSERVANCE: _l("International day"),
    # I18N: kind of advocacy space
    SpaceKind.OTHER: lazy_pgettext("space", "Other"),
}

STEPS: dict[StepCode, Any] = {
    # I18N: deadline of a session: contributions are taken until then
    StepCode.WRITTEN_SUBMISSION: _l("Written contributions"),
    # I18N: deadline of a session
    StepCode.PARALLEL_REPORT: _l("Parallel reports"),
    # I18N: deadline of a session: questions that a committee should put to a State
    StepCode.LIST_OF_ISSUES: _l("Input for lists of issues"),
    # I18N: deadline: answers to a published questionnaire
    StepCode.CALL_FOR_INPUT: _l("Answers to the call for input"),
    # I18N: deadline of a session
    StepCode.WRITTEN_STATEMENT: _l("Written statements"),
    # I18N: deadline of a session: asking to speak
    StepCode.ORAL_STATEMENT_REQUEST: _l("Requests to speak"),
    # I18N: deadline of a session
    StepCode.POSITION_PAPER: _l("Position papers"),
    # I18N: deadline of a session: to register as a participant
    StepCode.REGISTRATION: lazy_pgettext("step", "Registration"),
    # I18N: deadline of a session
    StepCode.SIDE_EVENT_APPLICATION: _l("Applications for side events"),
    # I18N: deadline of a session
    StepCode.PARALLEL_EVENT_APPLICATION: _l("Applications for parallel events"),
    # I18N: deadline of a forum
    StepCode.EVENT_APPLICATION: _l("Applications for events"),
    # I18N: deadline: to propose somebody
    StepCode.NOMINATION: _l("Nominations"),
    # I18N: deadline: to apply for a status or for admission
    StepCode.ADMISSION_APPLICATION: _l("Applications for status or admission"),
    # I18N: deadline: to register as a reviewer of a draft
    StepCode.REVIEWER_REGISTRATION: _l("Registration of reviewers"),
    # I18N: deadline: the report that an organisation owes every four years for its status
    StepCode.STATUS_REPORT: _l("Four-year report on one’s status"),
    # I18N: deadline of a session
    StepCode.OTHER_DEADLINE: _l("Another deadline"),
    # I18N: stage of a process: the State hands in its report
    StepCode.NATIONAL_REPORT: _l("Report of the State"),
    # I18N: stage of a process
    StepCode.NATIONAL_CONSULTATION: _l("Consultation by the State"),
    # I18N: stage of a voluntary national review: the State says that it will present
    StepCode.STATE_NOTIFIES: _l("The State says that it takes part"),
    # I18N: stage of a voluntary national review: the State sends its main messages
    StepCode.MAIN_MESSAGES: _l("Main messages of the State"),
    # I18N: stage of a process
    StepCode.GENERAL_DISCUSSION: _l("Day of general discussion"),
    # I18N: stage of a process
    StepCode.EXPERT_DEBATE: _l("Debate of experts"),
    # I18N: stage of a process: a report is presented
    StepCode.PRESENTATION: lazy_pgettext("step", "Presentation"),
    # I18N: stage of a session: the hours of one State
    StepCode.REVIEW: _l("Review of the State"),
    # I18N: stage of a process: a text or an outcome is adopted
    StepCode.ADOPTION: lazy_pgettext("step", "Adoption"),
    # I18N: stage of a session
    StepCode.OBSERVATIONS_PUBLISHED: _l("Concluding observations published"),
    # I18N: stage of a process: what was sent to a State becomes public
    StepCode.COMMUNICATION_PUBLISHED: _l("Communication published"),
    # I18N: stage of a process: the adopted text is handed out
    StepCode.DISTRIBUTION: lazy_pgettext("step", "Distribution"),
    # I18N: stage of a process: the adopted text is quoted in reports and cases
    StepCode.USE: lazy_pgettext("step", "Use"),
    # I18N: stage of a process: seeing to it that something comes of it
    StepCode.FOLLOW_UP: lazy_pgettext("step", "Follow-up"),
    # I18N: stage of a process
    StepCode.OTHER_STAGE: _l("Another stage"),
}

OCCURRENCE_KINDS: dict[OccurrenceKind, Any] = {
    # I18N: kind of date of an advocacy space: a session of a committee or a commission
    OccurrenceKind.SESSION: lazy_pgettext("advocacy", "Session"),
    # I18N: kind of date of an advocacy space: the group that prepares a session
    OccurrenceKind.PRE_SESSION: lazy_pgettext("advocacy", "Pre-sessional working group"),
    # I18N: kind of date of an advocacy space: a session that goes on later
    OccurrenceKind.RESUMED: lazy_pgettext("advocacy", "Resumed session"),
    # I18N: kind of date of an advocacy space
    OccurrenceKind.CONFERENCE: lazy_pgettext("advocacy", "Conference"),
    # I18N: kind of date of an advocacy space
    OccurrenceKind.FORUM: lazy_pgettext("advocacy", "Forum"),
    # I18N: kind of date of an advocacy space: a report is prepared and presented
    OccurrenceKind.REPORT: lazy_pgettext("advocacy", "Report"),
    # I18N: kind of date of an advocacy space: a call for input or for nominations
    OccurrenceKind.CALL: lazy_pgettext("advocacy", "Call"),
    # I18N: kind of date of an advocacy space: experts comment on a draft
    OccurrenceKind.EXPERT_REVIEW: lazy_pgettext("advocacy", "Expert review"),
    # I18N: kind of date of an advocacy space
    OccurrenceKind.MEETING: lazy_pgettext("advocacy", "Meeting"),
    # I18N: kind of date of an advocacy space: a process of several stages
    OccurrenceKind.PROCESS: lazy_pgettext("advocacy", "Process"),
    # I18N: kind of date of an advocacy space: an international day
    OccurrenceKind.DAY: lazy_pgettext("advocacy", "Day"),
    # I18N: kind of date of an advocacy space
    OccurrenceKind.OTHER: lazy_pgettext("advocacy", "Date"),
}

NUMBERED: dict[OccurrenceKind, Any] = {
    # I18N: a session of a committee or a commission, by its number: "Session 86"
    OccurrenceKind.SESSION: lazy_pgettext("advocacy", "Session %(number)s"),
    # I18N: the working group that prepares a session, by its number
    OccurrenceKind.PRE_SESSION: lazy_pgettext("advocacy", "Pre-sessional working group %(number)s"),
    # I18N: a session that goes on later, by its number
    OccurrenceKind.RESUMED: lazy_pgettext("advocacy", "Session %(number)s, resumed"),
    OccurrenceKind.CONFERENCE: lazy_pgettext("advocacy", "Conference %(number)s"),
    OccurrenceKind.FORUM: lazy_pgettext("advocacy", "Forum %(number)s"),
    OccurrenceKind.REPORT: lazy_pgettext("advocacy", "Report %(number)s"),
    OccurrenceKind.CALL: lazy_pgettext("advocacy", "Call %(number)s"),
    OccurrenceKind.EXPERT_REVIEW: lazy_pgettext("advocacy", "Expert review %(number)s"),
    OccurrenceKind.MEETING: lazy_pgettext("advocacy", "Meeting %(number)s"),
    OccurrenceKind.PROCESS: lazy_pgettext("advocacy", "Process %(number)s"),
    OccurrenceKind.DAY: lazy_pgettext("advocacy", "Day %(number)s"),
    OccurrenceKind.OTHER: lazy_pgettext("advocacy", "Date %(number)s"),
}

ANCHORS: dict[Anchor, Any] = {
    # I18N: from what a rule counts its days
    Anchor.START: _l("the first day"),
    # I18N: from what a rule counts its days
    Anchor.END: _l("the last day"),
    # I18N: a rule that names the same day each year
    Anchor.YEAR: _l("the same day each year"),
}

NOTES_ABOUT: dict[NoteAbout, Any] = {
    # I18N: what a note about a space is about: how often and when it meets
    NoteAbout.CYCLE: _l("Rhythm"),
    # I18N: what a note about a space is about
    NoteAbout.NOW: _l("Where it stands"),
    # I18N: what a note about a space is about
    NoteAbout.NEXT: _l("What comes next"),
    # I18N: what a note about a space is about: who decides there, how many they are
    NoteAbout.BODY: _l("Who sits there"),
    # I18N: what a note about a space is about
    NoteAbout.WORDING: _l("How the network names it"),
    # I18N: what a note about a space is about
    NoteAbout.PARTICIPATION: _l("Taking part"),
    # I18N: what a note about a space is about
    NoteAbout.LANGUAGES: lazy_pgettext("note", "Languages"),
    # I18N: what a note about a space is about: how long a text may be
    NoteAbout.WORDS: _l("Length of texts"),
    # I18N: what a note about a space is about: by which way something is handed in
    NoteAbout.CHANNEL: _l("How it is handed in"),
    # I18N: what a note about a space is about: what a text must look like
    NoteAbout.FORMAT: _l("Form"),
    # I18N: what a note about a space is about
    NoteAbout.THEME: lazy_pgettext("note", "Theme"),
    # I18N: what a note about a space is about
    NoteAbout.DATES: lazy_pgettext("note", "Dates"),
    # I18N: what a note about a space is about: what nobody has verified yet
    NoteAbout.TO_CHECK: _l("To be checked"),
    # I18N: what a note about a space is about
    NoteAbout.OTHER: _l("Worth knowing"),
}

CLAIMS: dict[Claim, Any] = {
    # I18N: a claim of inhabitants' organisations
    Claim.ADEQUATE_HOUSING: _l("Adequate housing"),
    # I18N: a claim of inhabitants' organisations
    Claim.FORCED_EVICTION: _l("No forced evictions"),
    # I18N: a claim of inhabitants' organisations
    Claim.SECURITY_OF_TENURE: _l("Security of tenure"),
    # I18N: a claim of inhabitants' organisations
    Claim.RIGHT_TO_LAND: _l("Right to land"),
    # I18N: a claim of inhabitants' organisations
    Claim.RIGHT_TO_THE_CITY: _l("Right to the city"),
    # I18N: a claim of inhabitants' organisations
    Claim.SOCIAL_PRODUCTION: _l("Social production of habitat"),
    # I18N: a claim of inhabitants' organisations: savings groups, revolving funds
    Claim.COMMUNITY_FINANCE: _l("Community finance"),
    # I18N: a claim of inhabitants' organisations
    Claim.FEMINIST_APPROACHES: _l("Feminist approaches to habitat"),
    # I18N: a claim of inhabitants' organisations
    Claim.CLIMATE_JUSTICE: _l("Climate justice"),
    # I18N: a claim of inhabitants' organisations
    Claim.WATER_AND_SERVICES: _l("Water and basic services"),
    # I18N: a claim of inhabitants' organisations
    Claim.PARTICIPATION: _l("Participation of inhabitants"),
}

CERTAINTIES: dict[Certainty, Any] = {
    # I18N: how sure a fact is: somebody has read it in the source that is named
    Certainty.VERIFIED: _l("Seen in its source"),
    # I18N: how sure a fact is: so it is usually done; not seen in a source
    Certainty.TYPICAL: _l("Usual practice, not seen in a source"),
    # I18N: how sure a fact is: do not rely on it
    Certainty.UNSURE: lazy_pgettext("fact", "To be checked"),
    # I18N: how sure a fact is
    Certainty.ESTIMATED: _l("Computed by a rule, not confirmed"),
}

GOALS: dict[int, Any] = {
    # I18N: the Sustainable Development Goals by their official short names, up to goal 17
    1: _l("No poverty"),
    2: _l("Zero hunger"),
    3: _l("Good health and well-being"),
    4: _l("Quality education"),
    5: _l("Gender equality"),
    6: _l("Clean water and sanitation"),
    7: _l("Affordable and clean energy"),
    8: _l("Decent work and economic growth"),
    9: _l("Industry, innovation and infrastructure"),
    10: _l("Reduced inequalities"),
    11: _l("Sustainable cities and communities"),
    12: _l("Responsible consumption and production"),
    13: _l("Climate action"),
    14: _l("Life below water"),
    15: _l("Life on land"),
    16: _l("Peace, justice and strong institutions"),
    17: _l("Partnerships for the goals"),
}
