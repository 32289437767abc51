"""Forms of recommendations. They check shapes and keep what was typed; the services decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.advocacy.models import AdvocacySpace, Claim, Occurrence
from app.advocacy.queries import with_children
from app.advocacy.words import occurrence_name
from app.core.actors import NETWORK, Actor
from app.core.context import page_language
from app.core.forms import ActionForm, Form, clean_line, clean_text
from app.core.languages import fold
from app.core.text_language import LanguageFields
from app.engagements.models import Engagement
from app.instruments.forms import TagFields, claim_choices, goal_choices
from app.moments.forms import DayField
from app.people.keys import mandated_for
from app.people.labels import country_choices, country_name
from app.recommendations.models import Recommendation, Status
from app.recommendations.queries import YEAR, Wanted
from app.recommendations.services import Seen, Written
from app.recommendations.words import STATUSES

NOBODY, MINE = "nobody", "mine"
STATUS, EVIDENCE = "status", "evidence"
INSIDE = "inside"


def uuid_of(typed: object) -> UUID | None:
    """Return what was sent for a thing; None for nothing, and for what is no id."""
    try:
        return UUID(str(typed)) if typed else None
    except ValueError:
        return None


class RecommendationForm(TagFields, LanguageFields):
    """A recommendation. `seen` is the version the writer was looking at."""

    page_order = (
        "language", "other_language", "citation", "symbol", "paragraph", "url", "issued_on", "country", "addressee",
        "occurrence", "engagement", "claims", "goals", "is_gender_integrated",
    )  # fmt: skip

    language = SelectField(_l("In which language do you copy it?"), validate_choice=False)
    citation = TextAreaField(_l("The words of the recommendation"), filters=[clean_text])
    # I18N: label of a field: the number under which the United Nations file a document (CEDAW/C/ARG/CO/8)
    symbol = StringField(_l("Symbol of the document"), filters=[clean_line])
    paragraph = StringField(_l("Paragraph"), filters=[clean_line])
    url = StringField(_l("Link"), filters=[clean_line])
    issued_on = DayField(_l("Issued on"))
    # I18N: label of a list of countries: the State to which something was recommended
    country = SelectField(_lp("country", "State"), validate_choice=False, default="")
    addressee = StringField(_l("To whom, in words"), filters=[clean_line])
    # I18N: label of a list: the session of a committee at which something was recommended
    occurrence = SelectField(_lp("body", "Session"), validate_choice=False, default="")
    # I18N: label of a list: what our groups did that this came out of
    engagement = SelectField(_l("Which engagement it grew out of"), validate_choice=False, default="")
    is_gender_integrated = BooleanField(_l("It speaks of women and of gender"))
    seen = HiddenField()

    def offer(
        self, languages: Iterable[str], occurrences: Sequence[Occurrence], engagements: Sequence[Engagement]
    ) -> None:
        """Fill the lists."""
        # I18N: choice in a list: none of these
        none = SelectChoice("", _("None"))
        self.offer_tags()
        self.offer_languages(first=languages)
        self.country.choices = [
            # I18N: choice in a list of countries: the recommendation is not to one State
            SelectChoice("", _("No single State")),
            *(SelectChoice(code, name) for code, name in country_choices(page_language())),
        ]
        self.occurrence.choices = [none, *(SelectChoice(str(row.id), str(occurrence_name(row))) for row in occurrences)]
        self.engagement.choices = [none, *(SelectChoice(str(row.id), row.title) for row in engagements)]

    def written(self) -> Written:
        return Written(
            citation=str(self.citation.data or ""),
            language=self.tag(),
            issued_on=self.issued_on.data,
            symbol=str(self.symbol.data or ""),
            paragraph=str(self.paragraph.data or ""),
            url=str(self.url.data or ""),
            country=str(self.country.data or ""),
            addressee=str(self.addressee.data or ""),
            occurrence_id=uuid_of(self.occurrence.data),
            engagement_id=uuid_of(self.engagement.data),
            claims=self.chosen_claims(),
            goals=self.chosen_goals(),
            is_gender_integrated=bool(self.is_gender_integrated.data),
        )

    def seen_version(self) -> int:
        """Return the version the writer was looking at; 0 where that was no number."""
        typed = str(self.seen.data or "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0

    def fill_from(self, row: Recommendation) -> None:
        """Show what is there now."""
        for name in ("citation", "language", "symbol", "paragraph", "url", "issued_on", "addressee"):
            self[name].data = getattr(row, name)
        self.country.data = row.country or ""
        self.occurrence.data = str(row.occurrence_id or "")
        self.engagement.data = str(row.engagement_id or "")
        self.claims.data = [one.claim.value for one in row.claims]
        self.goals.data = [str(one.goal) for one in row.goals]
        self.is_gender_integrated.data = row.is_gender_integrated
        self.seen.data = str(row.version)


class LookForm(Form):
    """Where it stands, and why."""

    stands = RadioField(_l("Where it stands"), validate_choice=False)
    because = TextAreaField(_l("Why"), filters=[clean_text])

    def offer(self) -> None:
        self.stands.choices = [SelectChoice(status.value, label) for status, label in STATUSES.items()]

    def validate_stands(self, field: RadioField) -> None:
        if field.data not in list(Status):
            raise ValidationError(_l("Choose where it stands."))


class EvidenceForm(LanguageFields):
    """What somebody saw."""

    page_order = ("language", "other_language", "words", "seen_on", "url", "audience")

    words = TextAreaField(_l("What you saw"), filters=[clean_text])
    seen_on = DayField(_l("On which day"))
    url = StringField(_l("Link"), filters=[clean_line])
    audience = RadioField(_l("Who may read it"), default=NETWORK, validate_choice=False)

    def offer(self, languages: Iterable[str], is_inside: bool) -> None:
        """Fill the lists; `is_inside`: the writer is inside the engagement it grew out of."""
        self.offer_languages(first=languages)
        # I18N: who may read something: everybody in the network
        self.audience.choices = [SelectChoice(NETWORK, _("The network"))]
        if is_inside:
            # I18N: who may read something: the people of an engagement
            self.audience.choices.append(SelectChoice(INSIDE, _("Those inside the engagement")))

    def seen(self) -> Seen:
        return Seen(
            words=str(self.words.data or ""),
            language=self.tag(),
            on=self.seen_on.data,
            url=str(self.url.data or ""),
            is_inside=self.audience.data == INSIDE,
        )


class FollowForm(ActionForm):
    """One click: oneself, or the organisation named."""

    organisation = HiddenField()


class FilterForm(Form):
    """Which recommendations. What does not exist finds what everybody finds first."""

    class Meta:
        csrf = False

    # I18N: label of a list of countries: the State to which something was recommended
    country = SelectField(_lp("country", "State"), validate_choice=False)
    # I18N: label of a list: a body or process that can be influenced
    space = SelectField(_l("Space"), validate_choice=False)
    # I18N: label of a choice: where a recommendation stands
    stands = SelectField(_l("Where it stands"), validate_choice=False)
    # I18N: label of a choice: what is claimed (adequate housing, right to land …)
    claim = SelectField(_l("Claim"), validate_choice=False)
    # I18N: label of a choice: one of the Sustainable Development Goals
    goal = SelectField(_l("Goal"), validate_choice=False)
    followed = SelectField(_l("Followed by"), validate_choice=False)
    # I18N: label of a choice: where somebody should look again
    due = SelectField(_l("For a year now"), validate_choice=False)

    def __init__(self, actor: Actor, countries: Iterable[str], spaces: Sequence[AdvocacySpace], names: Any) -> None:
        super().__init__(formdata=request.args)
        self._spaces = spaces
        anything, language = SelectChoice("", _("All")), page_language()
        named = sorted(((country_name(code, language), code) for code in countries), key=lambda pair: fold(pair[0]))
        self.country.choices = [anything, *(SelectChoice(code, name) for name, code in named)]
        self.space.choices = [anything, *(SelectChoice(row.slug, names[row.id].text) for row in spaces)]
        self.stands.choices = [anything, *(SelectChoice(status.value, label) for status, label in STATUSES.items())]
        self.claim.choices, self.goal.choices = [anything, *claim_choices()], [anything, *goal_choices()]
        self.followed.choices = [
            # I18N: choice: followed by somebody or by nobody
            SelectChoice("", _("Anybody or nobody")),
            # I18N: choice: nobody follows what becomes of it
            SelectChoice(NOBODY, _("Nobody")),
        ]
        if actor.is_person:
            # I18N: choice: what I follow, or an organisation that I speak for
            self.followed.choices.append(SelectChoice(MINE, _("Me or my organisation")))
        self.due.choices = [
            anything,
            # I18N: choice: nobody has said for a year where it stands
            SelectChoice(STATUS, _("nobody said where it stands")),
            # I18N: choice: nobody has brought evidence for a year
            SelectChoice(EVIDENCE, _("nobody brought evidence")),
        ]
        for field in self._fields_of_query():
            if field.data not in [choice.value for choice in field.choices]:
                field.data = ""

    def _fields_of_query(self) -> list[Any]:
        return [self.country, self.space, self.stands, self.claim, self.goal, self.followed, self.due]

    @property
    def is_filtered(self) -> bool:
        return any(self.query.values())

    def wanted(self, actor: Actor, all_spaces: Sequence[AdvocacySpace], now: datetime) -> Wanted:
        space = next((row for row in self._spaces if row.slug == self.space.data), None)
        own = frozenset({*mandated_for(actor), *([actor.person_id] if actor.person_id else [])})
        return Wanted(
            country=str(self.country.data or ""),
            space_ids=frozenset(with_children([space.id], all_spaces)) if space is not None else None,
            occurrence_id=uuid_of(request.args.get("occurrence")),
            goal=int(self.goal.data) if self.goal.data else None,
            claim=Claim(self.claim.data) if self.claim.data else None,
            status=Status(self.stands.data) if self.stands.data else None,
            by_nobody=self.followed.data == NOBODY,
            followed_by=own if self.followed.data == MINE else None,
            not_looked_since=now - YEAR if self.due.data == STATUS else None,
            unseen_since=now - YEAR if self.due.data == EVIDENCE else None,
        )

    @property
    def query(self) -> dict[str, Any]:
        """The query that leads here again."""
        asked = {field.short_name: field.data or None for field in self._fields_of_query()}
        return asked | {"occurrence": uuid_of(request.args.get("occurrence"))}
