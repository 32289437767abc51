"""Where a reader stands towards a track: what may be done now, and if not, why and the way out (R-03)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from babel.lists import format_list
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.core.actors import Actor
from app.extensions import db
from app.moments.words import locale_of
from app.people.models import Affiliation, AffiliationKind, AffiliationState
from app.sessions.models import Track

_KINDS = {
    # I18N: who a track is open to; names of the affiliations of the network, plural
    AffiliationKind.MEMBER.value: _l("Members"),
    AffiliationKind.FRIEND.value: _l("Friends"),
    AffiliationKind.ALLY.value: _l("Allies"),
}


def kinds_in_words(kinds: Sequence[str]) -> Any:
    """Return "Members, Friends and Allies" in the reader's language."""
    return LazyString(lambda: _listed([str(_KINDS[kind]) for kind in kinds if kind in _KINDS]))


def _listed(words: list[str]) -> str:
    locale = get_locale()
    return format_list(words, locale=locale_of(locale.language if locale else "en")) if words else ""


def _has_pending(actor: Actor) -> bool:
    if actor.person_id is None:
        return False
    return bool(
        db.session.scalar(
            sa.select(sa.func.count())
            .select_from(Affiliation)
            .where(Affiliation.person_id == actor.person_id, Affiliation.state == AffiliationState.PENDING)
        )
    )


def why_not_yet(actor: Actor, track: Track) -> Any:
    """Return the sentence for somebody whose affiliations do not let them in: the rule, the reason, the way out."""
    kinds = kinds_in_words(track.eligible)
    if _has_pending(actor):
        return _l(
            "This track is open to %(kinds)s. Your affiliation is waiting to be confirmed by your organisation or the "
            "secretariat: you can join as soon as it is.",
            kinds=kinds,
        )
    if any(key.startswith("affiliation:") for key in actor.keys):
        return _l(
            "This track is open to %(kinds)s, and your affiliation is another one. Ask the secretariat if it should be "
            "changed; you can follow the track here meanwhile.",
            kinds=kinds,
        )
    return _l(
        "This track is open to %(kinds)s. You have no current affiliation: ask for one in your account, and join once "
        "it is confirmed.",
        kinds=kinds,
    )
