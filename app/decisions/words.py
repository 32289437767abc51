"""Words for stages, stands and windows."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.decisions.counting import Standing
from app.decisions.models import Stage, Stand, WindowKind

STAGES: dict[Stage, Any] = {
    # I18N: stage of a decision: written, not opened yet
    Stage.DRAFTED: _l("Draft"),
    # I18N: stage of a decision by consent: people ask what the proposal means
    Stage.CLARIFICATION: _l("Questions"),
    # I18N: stage of a decision by consent: each says what they think
    Stage.REACTIONS: _l("Reactions"),
    # I18N: stage of a decision by consent: organisations consent, abstain or object
    Stage.OBJECTIONS: _l("Voices"),
    # I18N: stage of a decision: closed, and an objection stands
    Stage.OBJECTED: _l("An objection stands"),
    # I18N: stage of a decision: closed, and too few organisations have spoken
    Stage.NO_QUORUM: _l("Too few have spoken"),
    # I18N: stage of a decision: it holds
    Stage.ADOPTED: _l("Adopted"),
    # I18N: stage of a decision: the proposal was given up
    Stage.LAID_DOWN: _l("Laid down"),
}

STANDS: dict[Stand, Any] = {
    # I18N: what an organisation says to a proposal
    Stand.CONSENT: _l("We consent"),
    # I18N: what an organisation says to a proposal
    Stand.ABSTAIN: _l("We abstain"),
    # I18N: what an organisation says to a proposal
    Stand.OBJECT: _l("We object"),
}

STAND_NOTES: dict[Stand, Any] = {
    Stand.CONSENT: _l("We can live with it, even if we would have written it otherwise."),
    Stand.ABSTAIN: _l("We have seen it and leave it to the others. This prevents nothing."),
    Stand.OBJECT: _l("It would harm the aims of the group. Say why: without a reason there is no objection."),
}

STANDINGS: dict[Standing, Any] = {
    # I18N: where an organisation stands in a decision
    Standing.CONSENT: _l("Consents"),
    # I18N: where an organisation stands in a decision
    Standing.ABSTAIN: _l("Abstains"),
    # I18N: where an organisation stands in a decision
    Standing.OBJECT: _l("Objects"),
    # I18N: where an organisation stands in a decision
    Standing.WITHDRAWN: _l("Objection withdrawn"),
    # I18N: of an organisation that has said neither yes nor no
    Standing.SILENT: _l("Has not spoken"),
}

WINDOWS: dict[WindowKind, Any] = {
    WindowKind.CLARIFICATION: STAGES[Stage.CLARIFICATION],
    WindowKind.REACTIONS: STAGES[Stage.REACTIONS],
    WindowKind.OBJECTIONS: STAGES[Stage.OBJECTIONS],
}
