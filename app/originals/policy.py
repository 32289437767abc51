"""Who may change, read and translate a text. An original belongs to its author alone (R-01): not to those who lead,
not to the secretariat. Kinds add their own rules about who writes, and where."""

from __future__ import annotations

from app.core import permissions
from app.core.actors import NETWORK, Actor, ActorKind
from app.core.audiences import sees
from app.originals.kinds import kind_of
from app.originals.models import Original, Translation


def is_open(original: Original) -> bool:
    """Neither withdrawn nor erased nor kept from its readers."""
    return (original.withdrawn_at, original.withheld_at, original.erased_at) == (None, None, None)


def is_read_by(actor: Actor, original: Original) -> bool:
    """Whether the actor is one of its readers now."""
    return is_open(original) and sees(actor, original.audience, original.author_id)


def is_author(actor: Actor, original: Original) -> bool:
    """The author, also after leaving what the text is part of; an erased text has none."""
    return actor.is_person and original.author_id is not None and original.author_id == actor.person_id


def can_read_versions(actor: Actor, original: Original) -> bool:
    """Older versions: the author and the secretariat alone, for an author may have taken a name out of the text."""
    return is_author(actor, original) or (actor.is_secretariat and is_open(original))


def can_translate(actor: Actor, original: Original) -> bool:
    """Who sees the text and is of the network or takes part where it stands; a machine works as a job of the house."""
    if not is_read_by(actor, original):
        return False
    if actor.kind is ActorKind.JOB:
        return True
    return actor.is_person and (actor.holds(NETWORK) or kind_of(original).takes_part(actor, original))


def is_translator(actor: Actor, translation: Translation) -> bool:
    """The translator, as long as the original is there to be seen."""
    by_actor = translation.translator_id is not None and translation.translator_id == actor.person_id
    return actor.is_person and by_actor and is_read_by(actor, translation.original)


def can_review(actor: Actor, translation: Translation) -> bool:
    """The author of the original says whether a translation says what they said."""
    return is_author(actor, translation.original)


def can_remove_translation(actor: Actor, translation: Translation) -> bool:
    """Its translator, and the author of the original for any."""
    return is_translator(actor, translation) or is_author(actor, translation.original)


def can_offer(actor: Actor, _thing: object = None) -> bool:
    """Everybody with an account may offer to translate."""
    return actor.is_person


def register() -> None:
    permissions.register(
        "originals.change", is_author, "change the words of a text, withdraw it, bring it back, erase it"
    )
    permissions.register("originals.translate", can_translate, "translate a text")
    permissions.register("originals.edit_translation", is_translator, "edit a translation")
    permissions.register("originals.review_translation", can_review, "mark a translation as reviewed")
    permissions.register("originals.remove_translation", can_remove_translation, "remove a translation")
    permissions.register("originals.offer_languages", can_offer, "offer to translate, and see what remains")
