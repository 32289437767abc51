"""Texts of an engagement as pages print them: each against its limit, who signed which version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext, ngettext

from app.core.actors import Actor
from app.core.context import page_language
from app.core.languages import name_in
from app.core.lists import listed
from app.core.names import Name, names_of
from app.drafting.models import JointText, TextVersion
from app.drafting.policy import can_read
from app.engagements.limits import Applies, needs_text
from app.engagements.models import (
    UNDER_WAY,
    Engagement,
    EngagementText,
    Signatory,
    SignatoryState,
    SignOff,
)
from app.engagements.policy import speaks_for
from app.engagements.queries.deadlines import day_that_counts
from app.engagements.queries.texts import (
    limit_of,
    newest_versions,
    sign_offs_of,
)
from app.engagements.showing_lengths import Budget, LimitShown, budget_of, limit_shown, number
from app.engagements.signatures import Awaited, agreed, is_taken
from app.moments.words import date_of
from app.people.mandates import ended_sentence_for
from app.people.queries import names_shown


def _(sentence: str, **values: object) -> str:
    return str(gettext(sentence, **values))


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One organisation under a text. `signature` is the newest it gave; `is_newest` where it is to the newest version.
    `may_sign`, `may_take_back`: this reader, for it, now."""

    signatory: Signatory
    name: Name
    signature: SignOff | None
    is_newest: bool
    may_sign: bool
    may_take_back: bool
    by: Any = ""

    @property
    def is_asked(self) -> bool:
        return self.signatory.state is SignatoryState.ASKED


@dataclass(frozen=True, slots=True)
class TextShown:
    """A text of an engagement. `submitted` is the number of the version that was handed in; `not_taken` says that the
    body does not take its language: then no limit holds for it, unless it was handed in all the same."""

    link: EngagementText
    text: JointText
    name: Name
    version: TextVersion
    words: int
    budget: Budget | None
    signatures: list[SignatureLine]
    opens_in_group: bool
    ended: Any = ""
    not_taken: str = ""

    @property
    def words_written(self) -> str:
        """The number of words as the page writes numbers."""
        return number(self.words)

    @property
    def submitted(self) -> int | None:
        return self.link.submitted_version

    @property
    def wanted(self) -> list[SignatureLine]:
        """The organisations whose signature counts: those that agreed to join."""
        return [line for line in self.signatures if line.signatory.state is SignatoryState.AGREED]

    @property
    def signed(self) -> list[SignatureLine]:
        return [line for line in self.wanted if line.is_newest]

    @property
    def missing(self) -> list[SignatureLine]:
        return [line for line in self.wanted if not line.is_newest]

    @property
    def missing_names(self) -> str:
        return listed([line.name.text for line in self.missing], page_language())

    @property
    def is_to_be_signed(self) -> bool:
        """Whether it waits for signatures: it is to be handed in, or was."""
        return not self.not_taken or self.submitted is not None

    @property
    def to_sign(self) -> list[SignatureLine]:
        return [line for line in self.signatures if line.may_sign]


@dataclass(frozen=True, slots=True)
class TextsShown:
    """All texts of an engagement with the limit they share."""

    texts: list[TextShown]
    limit: LimitShown | None
    needs_text: bool
    is_under_way: bool

    @property
    def is_over(self) -> bool:
        return any(one.budget is not None and one.budget.is_over for one in self.texts)


def called(text: JointText) -> Name:
    """Return what a text is called, in its language."""
    return Name(text.title, text.language, is_fallback=text.language != page_language())


def texts_shown(actor: Actor, engagement: Engagement, links: Sequence[EngagementText], now: datetime) -> TextsShown:
    """Return the texts of an engagement as its page prints them, for whoever is inside."""
    applies = limit_of(engagement, day_that_counts(engagement, now.date()))
    return TextsShown(
        _shown(actor, engagement, links, applies, now),
        limit_shown(engagement, applies),
        needs_text(engagement.mode),
        is_under_way(engagement),
    )


def not_taken_sentence() -> str:
    """Return that a text is in a language in which the body takes none."""
    return _("This language is not among those in which texts are taken: it is for your own use.")


def waits_for_signature(link: EngagementText, organisation: object) -> str:
    """Return that the newest version in a language waits for the signature of an organisation."""
    return _(
        "Version %(number)s (%(language)s) waits for the signature of %(organisation)s.",
        number=link.text.version,
        language=name_in(link.text.language, page_language()),
        organisation=organisation,
    )


def have_not_signed(waiting: Sequence[Awaited]) -> str:
    """Return how many organisations have not signed all they are to sign, and in which languages."""
    return str(
        # I18N: %(languages)s: "French and Portuguese"
        ngettext(
            "One organisation has not signed yet (%(languages)s).",
            "%(num)s organisations have not signed yet (%(languages)s).",
            len({one.id for one, _link in waiting}),
            languages=listed(
                dict.fromkeys(name_in(link.text.language, page_language()) for _one, link in waiting), page_language()
            ),
        )
    )


def is_under_way(engagement: Engagement) -> bool:
    """Whether texts are being written and signed."""
    return engagement.state in UNDER_WAY


def text_shown(actor: Actor, engagement: Engagement, link: EngagementText, now: datetime) -> tuple[TextShown, Any]:
    """Return one text of an engagement, and the limit that holds for it."""
    applies = limit_of(engagement, day_that_counts(engagement, now.date()))
    return _shown(actor, engagement, [link], applies, now)[0], limit_shown(engagement, applies)


def _shown(
    actor: Actor, engagement: Engagement, links: Sequence[EngagementText], applies: Applies | None, now: datetime
) -> list[TextShown]:
    if not links:
        return []
    texts = [link.text for link in links]
    versions, signed = newest_versions(texts), sign_offs_of([text.id for text in texts])
    ledger = _Ledger(actor, engagement, signed)
    ended = ended_sentence_for(actor, [one.organisation_id for one in agreed(engagement)], now.date())
    shown = []
    for link in links:
        version, words = versions[link.text_id]
        counts = is_taken(engagement, link.text.language) or link.submitted_version is not None
        shown.append(
            TextShown(
                link=link,
                text=link.text,
                name=called(link.text),
                version=version,
                words=words,
                budget=budget_of(words, applies) if counts else None,
                signatures=ledger.lines_under(link),
                opens_in_group=can_read(actor, link.text),
                ended=ended,
                not_taken="" if is_taken(engagement, link.text.language) else not_taken_sentence(),
            )
        )
    return shown


class _Ledger:
    """Who signed what of an engagement, with the names that this reader sees."""

    def __init__(self, actor: Actor, engagement: Engagement, signed: dict[UUID, list[SignOff]]) -> None:
        self.actor, self.engagement, self.signed = actor, engagement, signed
        ids = [one.organisation_id for one in engagement.signatories]
        self.organisations = names_of("organisation", ids, page_language())
        hands = frozenset(row.person_id for rows in signed.values() for row in rows)
        self.people = names_shown(actor, hands, hands) if hands else {}

    def lines_under(self, link: EngagementText) -> list[SignatureLine]:
        lines = (self._line(one, link) for one in self.engagement.signatories)
        return [line for line in lines if line is not None]

    def _line(self, signatory: Signatory, link: EngagementText) -> SignatureLine | None:
        """Return an organisation that agreed or is asked, or that signed and declined since."""
        given = (row for row in self.signed.get(link.text_id, []) if row.signatory_id == signatory.id)
        signature = next(given, None)
        if signatory.state is SignatoryState.DECLINED and signature is None:
            return None
        is_newest = signature is not None and signature.version == link.text.version
        speaks = is_under_way(self.engagement) and speaks_for(self.actor, signatory)
        return SignatureLine(
            signatory,
            self.organisations[signatory.organisation_id],
            signature,
            is_newest,
            may_sign=speaks and not is_newest and signatory.state is SignatoryState.AGREED,
            may_take_back=speaks and is_newest,
            by=self.people.get(signature.person_id, "") if signature is not None else "",
        )


def day_words(day: date | datetime) -> str:
    """Return a day in words."""
    return date_of(day.date() if isinstance(day, datetime) else day, page_language())
