"""What waits: recommendations that one's organisation follows and of which nothing was seen for a year; for whoever
keeps the register, those of which nobody has said for a year where they stand."""

from __future__ import annotations

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.core.permissions import can
from app.core.waiting import MOST, Kind, Line
from app.people.keys import mandated_for
from app.recommendations import queries
from app.recommendations.forms import EVIDENCE, MINE, STATUS


def waiting(actor: Actor, now: datetime) -> list[Line]:
    """One line per organisation the actor speaks for, and one for whoever keeps the register."""
    lines: list[Line] = []
    if own := mandated_for(actor):
        counts = queries.count_without_evidence(own, now)
        names = names_of("organisation", counts, page_language())
        href = url_for("recommendations.list_recommendations", followed=MINE, due=EVIDENCE)
        for organisation_id, count in list(counts.items())[:MOST]:
            sentence = ngettext(
                "%(num)s recommendation that your organisation follows has had no evidence for a year.",
                "%(num)s recommendations that your organisation follows have had no evidence for a year.",
                count,
            )
            # I18N: link to recommendations for which somebody should bring evidence
            lines.append(Line(Kind.CARE, sentence, href, _("Bring evidence"), names[organisation_id]))
    if can(actor, "recommendations.keep") and (count := queries.count_to_look_at(now)):
        sentence = ngettext(
            "Nobody has said for a year where %(num)s recommendation stands.",
            "Nobody has said for a year where %(num)s recommendations stand.",
            count,
        )
        href = url_for("recommendations.list_recommendations", due=STATUS)
        # I18N: link to recommendations of which somebody should say where they stand
        lines.append(Line(Kind.CARE, sentence, href, _("Look at them")))
    return lines
