"""Words for the codes of groups: kinds, states, standings, texts."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.workinggroups.models import GroupBlock, GroupKind, GroupState, Standing

KINDS: dict[GroupKind, Any] = {
    # I18N: kind of working group: of people from several regions
    GroupKind.INTERREGIONAL: _l("Interregional group"),
    # I18N: kind of working group: of people from one region
    GroupKind.REGIONAL: _l("Regional group"),
    # I18N: kind of working group: local governments that learn together
    GroupKind.COMMUNITY_OF_PRACTICE: _l("Community of practice"),
    # I18N: kind of working group: a project of study and action, carried by two or three organisations; French keeps it
    GroupKind.CHANTIER: _l("Chantier"),
}

KINDS_MANY: dict[GroupKind, Any] = {
    # I18N: heading over working groups of one kind
    GroupKind.INTERREGIONAL: _l("Interregional groups"),
    # I18N: heading over working groups of one kind
    GroupKind.REGIONAL: _l("Regional groups"),
    # I18N: heading over working groups of one kind
    GroupKind.COMMUNITY_OF_PRACTICE: _l("Communities of practice"),
    # I18N: heading over working groups of one kind
    GroupKind.CHANTIER: _l("Chantiers"),
}

KIND_NOTES: dict[GroupKind, Any] = {
    GroupKind.INTERREGIONAL: _l("People of several regions work together."),
    GroupKind.REGIONAL: _l("People of one region work together."),
    GroupKind.COMMUNITY_OF_PRACTICE: _l("Local governments learn together."),
    GroupKind.CHANTIER: _l("Two or three organisations carry a project of study and action."),
}

STATES: dict[GroupState, Any] = {
    # I18N: state of a chantier that lacks a carrier or its mission letter
    GroupState.PROPOSED: _l("Proposed"),
    # I18N: state of a working group
    GroupState.ACTIVE: _l("Active"),
    # I18N: state of a chantier: one of its carriers has left
    GroupState.SUSPENDED: _l("Suspended"),
    # I18N: state of a working group whose work is over
    GroupState.CLOSED: _l("Closed"),
}

STANDINGS: dict[Standing, Any] = {
    # I18N: what somebody is in a working group (not the affiliation Member)
    Standing.MEMBER: _l("Member of the group"),
    # I18N: what somebody is in a working group: reads and listens, without a voice in decisions
    Standing.OBSERVER: _l("Observer"),
    # I18N: what somebody is in a working group: takes part from outside the network
    Standing.GUEST: _l("Guest"),
}

BLOCKS: dict[GroupBlock, Any] = {
    GroupBlock.PURPOSE: _l("What it is for"),
    # I18N: heading: what a working group wants to reach
    GroupBlock.OBJECTIVES: _l("Objectives"),
    # I18N: heading: what a working group works on first
    GroupBlock.PRIORITIES: _l("Priority areas"),
}
