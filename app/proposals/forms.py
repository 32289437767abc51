"""Forms of proposals: those of events, without what only who publishes decides."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from app.core.actors import PUBLIC
from app.core.context import page_language
from app.core.forms import Form, clean_line, clean_text
from app.core.names import names_of
from app.events.forms import EventForm
from app.events.models import TITLE
from app.events.services import Planned
from app.people.addresses import read_address
from app.people.forms import AddressField
from app.proposals.models import Proposal
from app.proposals.services import WORDS, Proposer
from app.workinggroups.models import WorkingGroup


class MeetingForm(EventForm):
    """What is proposed is a meeting, and its label says so: it stands near the field for a person's name."""

    title = StringField(
        _l("Name of the meeting"),
        filters=[clean_line],
        validators=[InputRequired(_l("Write what it is called.")), Length(max=TITLE)],
    )


class ProposeForm(MeetingForm):
    """What anybody proposes. `website` is for machines: people do not see it, and leave it empty."""

    page_order: Any = (
        "language", "other_language", "title", "day", "last_day", "start", "end", "occurrence", "zone", "place",
        "organiser", "address", "description", "for_group", "email", "name", "is_named",
    )  # fmt: skip

    owner: Any = None
    readers: Any = None
    for_group = SelectField(_l("Is it for a group?"), validate_choice=False)
    email = AddressField(
        _l("Your e-mail address"), validators=[InputRequired(_l("Write your e-mail address, so that we can answer."))]
    )
    name = StringField(
        _l("Your name"), filters=[clean_line], validators=[Length(max=160, message=_l("Write at most 160 letters."))]
    )
    is_named = BooleanField(_l("Let it say that I proposed it"))
    website = StringField(_l("Leave this field empty"))

    def offer_groups(self, groups: list[WorkingGroup], languages: list[str]) -> None:
        """Fill the lists."""
        self._groups = {str(group.id): group for group in groups}
        names = names_of("group", [group.id for group in groups], page_language())
        self.for_group.choices = [
            # I18N: a choice in a list of groups: none of them
            SelectChoice("", _("For everybody")),
            *(SelectChoice(str(group.id), names[group.id].text) for group in groups),
        ]
        self.offer_languages(first=languages)

    def validate_for_group(self, field: SelectField) -> None:
        if field.data and field.data not in self._groups:
            raise ValidationError(_l("Choose from the list."))

    @property
    def is_trapped(self) -> bool:
        """Whether a machine filled the field that people do not see."""
        return bool(self.website.data)

    def group(self) -> WorkingGroup | None:
        return self._groups.get(str(self.for_group.data))

    def planned(self) -> Planned:
        return Planned(
            title=str(self.title.data),
            language=self.tag(),
            timing=self.timing(),
            readers="",
            description=str(self.description.data or ""),
            place=str(self.place.data or ""),
            organiser=str(self.organiser.data or ""),
            address=str(self.address.data or ""),
        )

    def proposer(self) -> Proposer:
        email = read_address(str(self.email.data)).email.lower()
        return Proposer(email, page_language(), str(self.name.data or ""), bool(self.is_named.data))


class PublishForm(MeetingForm):
    """What was proposed, to be published as it is or corrected by somebody who did not write it."""

    language = SelectField(_l("In which language is it?"), validate_choice=False)

    def fill_proposal(self, proposal: Proposal) -> None:
        """Show what was proposed."""
        for name in WORDS:
            getattr(self, name).data = getattr(proposal, name)
        self.owner.data = str(proposal.group_id) if proposal.group_id is not None else None
        self.readers.data = PUBLIC
        self.fill_from(proposal)  # type: ignore[arg-type] # its time reads as that of a moment


class RefuseForm(Form):
    """Why a proposal is not taken."""

    because = TextAreaField(_l("Why"), filters=[clean_text])
