"""What waits among reflections: reports and appeals for those who look after a track, translations left behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.core.permissions import can
from app.core.waiting import MOST, Kind, Line
from app.reflections.models import Withholding
from app.reflections.queries.waiting import count_reported, count_stale, list_appeals


def waiting(actor: Actor, _now: datetime) -> list[Line]:
    """Appeals this actor may answer, reports this actor may decide on, and translations of older words."""
    appeals = [row for row in list_appeals(actor) if can(actor, "reflections.answer_appeal", row)]
    return [*_appeals(appeals[:MOST]), *_reported(actor), *_stale(actor)]


def _appeals(appeals: list[Withholding]) -> Iterator[Line]:
    names = names_of("track", {row.reflection.track_id for row in appeals}, page_language())
    for row in appeals:
        yield Line(
            Kind.ANSWER,
            _("An author asks that a text be shown to its readers again."),
            url_for("reflections.release", reflection_id=row.reflection_id),
            _("Answer"),
            names[row.reflection.track_id],
        )


def _reported(actor: Actor) -> Iterator[Line]:
    tracks = count_reported(actor)[:MOST]
    names = names_of("track", [track_id for track_id, _slug, _count in tracks], page_language())
    for track_id, slug, count in tracks:
        yield Line(
            Kind.ANSWER,
            ngettext("%(num)s text is reported to you.", "%(num)s texts are reported to you.", count),
            url_for("reflections.inbox", slug=slug, view="reported"),
            # I18N: link to texts that were reported, to decide about them
            _("Decide"),
            names[track_id],
        )


def _stale(actor: Actor) -> Iterator[Line]:
    if count := count_stale(actor):
        yield Line(
            Kind.CARE,
            ngettext(
                "%(num)s translation still follows an older version of its original.",
                "%(num)s translations still follow an older version of their original.",
                count,
            ),
            url_for("originals.list_untranslated"),
            # I18N: link to what remains to translate
            _("What remains to translate"),
        )
