"""Reflections as a kind of original: what `app.originals` asks of whatever people write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.audiences import sees
from app.core.slots import rendered
from app.originals import kinds
from app.originals.kinds import Frame, OriginalKind
from app.originals.models import Original, Translation
from app.originals.showing import shown_name
from app.reflections import policy, showing, telling
from app.reflections.models import Reflection
from app.reflections.queries import get_visible_reflection
from app.reflections.services.writing import erase_what_repeats
from app.sessions.keys import TRACK, keys_of


def page_of(reflection: Reflection, beside: str | None = None) -> str:
    """Return the page of a reflection, with the translation into a language laid beside it."""
    values: dict[str, Any] = {"with": beside}
    return url_for("reflections.show", reflection_id=reflection.id, **values)


def frame_of(actor: Actor, reflection: Reflection) -> Frame:
    """Return what stands around a reflection where it is translated."""
    name, track = shown_name(reflection), reflection.track
    return Frame(
        name,
        rendered("reflections/back.html", reflection=reflection, name=name),
        _("Translate a reflection by %(name)s", name=name),
        track.slug if sees(actor, track.audience) else "",
    )


def mates_of(actor: Actor, person_ids: Sequence[UUID], now: datetime) -> set[UUID]:
    """Return which of these persons share a track with the actor."""
    own_tracks = {key for key in actor.keys if key.startswith(f"{TRACK}:")}
    return {person_id for person_id, keys in keys_of(list(person_ids), now).items() if keys & own_tracks}


def taking_part(actor: Actor) -> sa.ColumnElement[bool]:
    """Of the actor's own tracks: as `policy.takes_part`."""
    own = [UUID(key.split(":", 1)[1]) for key in actor.keys if key.startswith(f"{TRACK}:")]
    return Original.id.in_(sa.select(Reflection.__table__.c.id).where(Reflection.__table__.c.track_id.in_(own)))


def tell_translated(actor: Actor, translation: Translation, now: datetime) -> None:
    """Tell the author that a translation waits for review."""
    again = translation.written_at.isoformat()
    telling.tell_author(actor, translation.original, telling.TRANSLATED, translation.id, now=now, again=again)


def register() -> None:
    kinds.register(
        OriginalKind(
            code="reflection",
            model=Reflection,
            blueprint="reflections",
            page=page_of,
            frame=frame_of,
            get_visible=get_visible_reflection,
            takes_part=policy.takes_part,
            taking_part=taking_part,
            mates=mates_of,
            on_translated=tell_translated,
            on_erased=erase_what_repeats,
            cards=showing.cards,
            all_of_them=("reflections.list_reflections", _l("All reflections")),
        )
    )
