"""What the codes of chantiers are called."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from app.chantiers.models import Basis, RequestState
from app.workinggroups.models import GroupState

BASES: dict[Basis, Any] = {
    # I18N: why somebody contributes to a chantier: sent by their organisation
    Basis.MANDATE: _l("Mandate"),
    # I18N: why somebody contributes to a chantier: they take part in it themselves
    Basis.INVOLVEMENT: _l("Involvement"),
    # I18N: why somebody contributes to a chantier: they know the matter
    Basis.EXPERTISE: _l("Expertise"),
}

REQUEST_STATES: dict[RequestState, Any] = {
    # I18N: of an organisation that was asked to carry a chantier
    RequestState.ASKED: lazy_pgettext("request", "Waits for an answer"),
    # I18N: of an organisation that was asked to carry a chantier
    RequestState.ACCEPTED: lazy_pgettext("request", "Accepted"),
    # I18N: of an organisation that was asked to carry a chantier
    RequestState.DECLINED: lazy_pgettext("request", "Declined"),
    # I18N: of a request to carry a chantier
    RequestState.WITHDRAWN: lazy_pgettext("request", "Taken back"),
}

STATES: dict[GroupState, Any] = {
    # I18N: state of a chantier
    GroupState.PROPOSED: lazy_pgettext("chantier", "Proposed"),
    # I18N: state of a chantier
    GroupState.ACTIVE: lazy_pgettext("chantier", "Active"),
    # I18N: state of a chantier
    GroupState.SUSPENDED: lazy_pgettext("chantier", "Suspended"),
    # I18N: state of a chantier
    GroupState.CLOSED: lazy_pgettext("chantier", "Closed"),
}
