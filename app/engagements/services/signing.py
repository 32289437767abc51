"""An organisation signs one version of a text, by the hand of whoever has its mandate. A later version asks again; what
was signed stays, with the mandate and its days, and the digest of the words that were read, unless it is taken back
before anything is handed in."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core.actors import Actor
from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.core.permissions import require
from app.drafting.models import TextVersion
from app.engagements.models import EngagementText, Signatory, SignatoryState, SignOff
from app.engagements.services.holding import hold, record
from app.engagements.services.signatories import TakenOffMeanwhile
from app.engagements.services.texts import check_takes_texts
from app.extensions import db
from app.people.queries import find_mandate


class NewerVersion(RuleBroken):
    """Somebody wrote on since the signer read."""

    def __init__(self, newest: int) -> None:
        super().__init__(
            _l(
                "Version %(number)s was written since you opened this page. Read it below, then sign.",
                number=newest,
            )
        )


class SignedAlready(RuleBroken):
    def __init__(self) -> None:
        super().__init__(_l("Your organisation has signed this version already. Once is enough."))


class NotSigned(RuleBroken):
    def __init__(self) -> None:
        super().__init__(_l("Your organisation has not signed the newest version. There is nothing to take back."))


class CannotSign(RuleBroken):
    """An organisation that declined, or has not answered."""


def digest_of(version: TextVersion, language: str) -> str:
    """Return the hash of what is signed: which text, which version, in which language, every word."""
    said = [str(version.text_id), version.number, language, version.body]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def sign(actor: Actor, signatory: Signatory, link: EngagementText, *, read: str, now: datetime) -> SignOff:
    """Sign the newest version of a text for an organisation that leads or co-signs. `read` is the digest of the words
    the signer had before them.

    Raises `OnlyWatches`, `CannotSign`, `NewerVersion`, `SignedAlready`, `TakenOffMeanwhile`.
    """
    require(actor, "engagements.speak_for", signatory)
    if signatory.engagement_id != link.engagement_id:
        raise NotFound
    if signatory not in hold(link.engagement).signatories:
        raise TakenOffMeanwhile
    db.session.refresh(link.text)
    check_takes_texts(link.engagement)
    check_may_sign(signatory)
    version = db.session.get_one(TextVersion, (link.text_id, link.text.version))
    digest = digest_of(version, link.text.language)
    if read != digest:
        raise NewerVersion(version.number)
    signature = _add(actor, signatory, version, digest, now)
    said = {"text": link.text_id, "version": version.number, "digest": digest}
    record(actor, "text_signed", link.engagement, now, organisation=signatory.organisation_id, **said)
    return signature


def take_back(actor: Actor, signatory: Signatory, link: EngagementText, *, now: datetime) -> None:
    """Take the signature of an organisation away from the newest version, as long as nothing was handed in. Both
    acts stay in the audit.

    Raises `NotSigned`, `RuleBroken` for what was handed in, `TakenOffMeanwhile`.
    """
    require(actor, "engagements.speak_for", signatory)
    if signatory.engagement_id != link.engagement_id:
        raise NotFound
    if signatory not in hold(link.engagement).signatories:
        raise TakenOffMeanwhile
    db.session.refresh(link.text)
    check_takes_texts(link.engagement)
    signature = db.session.scalar(
        sa.select(SignOff).where(
            SignOff.signatory_id == signatory.id,
            SignOff.text_id == link.text_id,
            SignOff.version == link.text.version,
        )
    )
    if signature is None:
        raise NotSigned
    said = {"text": link.text_id, "version": signature.version, "digest": signature.digest}
    db.session.delete(signature)
    db.session.flush()
    record(actor, "signature_taken_back", link.engagement, now, organisation=signatory.organisation_id, **said)


def check_may_sign(signatory: Signatory) -> None:
    """Raise `CannotSign` for an organisation that has not agreed to join."""
    if signatory.state is SignatoryState.DECLINED:
        raise CannotSign(
            _l("Your organisation has declined to join, so it signs nothing. Whoever runs this can ask it again.")
        )
    if signatory.state is SignatoryState.ASKED:
        raise CannotSign(
            _l("Your organisation has not answered yet whether it joins. Answer on the page of the engagement first.")
        )


def _add(actor: Actor, signatory: Signatory, version: TextVersion, digest: str, now: datetime) -> SignOff:
    mandate = find_mandate(actor.person_id, signatory.organisation_id, now.date())
    if mandate is None:
        raise NotAllowed("engagements.speak_for")
    signature = SignOff(
        signatory_id=signatory.id,
        text_id=version.text_id,
        version=version.number,
        person_id=mandate.person_id,
        grant_id=mandate.id,
        mandate_from_on=mandate.from_on,
        mandate_until_on=mandate.until_on,
        signed_at=now,
        digest=digest,
    )
    try:
        with db.session.begin_nested():
            db.session.add(signature)
    except IntegrityError:
        raise SignedAlready from None
    return signature
