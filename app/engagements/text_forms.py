"""Forms about the texts of an engagement: beginning and bringing one, signing it, handing it in with proof."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from app.core.forms import Form, clean_text
from app.core.languages import own_name
from app.core.text_language import checked
from app.core.worded_forms import ManyChoices
from app.drafting.forms import TextForm
from app.engagements.models import EngagementMaterial, EngagementText
from app.engagements.services.submitting import check_proof
from app.moments.forms import DayField
from app.originals.forms import read_number


def _offer(field: SelectField, found: Iterable[tuple[UUID, str]]) -> None:
    """Offer things by their ids; where there is one, it is chosen."""
    offered = [SelectChoice(str(one_id), words) for one_id, words in found]
    field.choices = offered if len(offered) == 1 else [SelectChoice("", _("Choose…")), *offered]


def _check_chosen(field: SelectField) -> None:
    if field.data not in {choice.value for choice in field.choices or () if choice.value}:
        raise ValidationError(_l("Choose one from the list."))


class BeginForm(TextForm):
    """The first version of a text, in one of the groups of the engagement."""

    group = SelectField(_l("Which group writes it?"), validate_choice=False)

    page_order = ("group", "language", "other_language", "title", "body")

    def offer_groups(self, found: Iterable[tuple[UUID, str]]) -> None:
        _offer(self.group, found)

    def validate_group(self, field: SelectField) -> None:
        _check_chosen(field)

    def group_id(self) -> UUID:
        return UUID(str(self.group.data))


class BringForm(Form):
    """A text that one of the groups has already."""

    text = SelectField(_l("Which text?"), validate_choice=False)

    def offer_texts(self, found: Iterable[tuple[UUID, str]]) -> None:
        _offer(self.text, found)

    def validate_text(self, field: SelectField) -> None:
        _check_chosen(field)

    def text_id(self) -> UUID:
        return UUID(str(self.text.data))


class SignByMailForm(Form):
    """An organisation signs from a mail, on a page where the words stand: whoever signs says that they read them."""

    has_read = BooleanField("", validators=[InputRequired(_l("Read it first, then tick this and sign."))])

    def ask(self, number: int) -> None:
        # I18N: beside a box to tick, before an organisation signs a version of a text
        self.has_read.label.text = _("I have read version %(number)s, or somebody has read it to me", number=number)


class SignForm(Form):
    """A signature for one organisation. `read` is the digest of the words that stood on the page."""

    read = HiddenField()


class SubmitForm(Form):
    """When it was handed in, in which versions, with what proof. `seen` is the digest of the warnings that stood on the
    page; `make_submit_form` adds a field for each text."""

    links: Sequence[EngagementText] = ()

    submitted_on = DayField(_l("Handed in on"), validators=[InputRequired(_l("Choose a day."))])
    # I18N: label of a field: what shows that something was handed in
    proof = TextAreaField(_l("Proof in words"), filters=[clean_text])
    all_the_same = BooleanField(_l("I have read this. Hand in all the same."))
    seen = HiddenField()

    page_order = ("submitted_on", "versions", "proof", "all_the_same")

    def validate_proof(self, field: TextAreaField) -> None:
        checked(lambda: check_proof(field.data or ""))

    def version_fields(self) -> list[Any]:
        return [self[f"version_{link.text_id.hex}"] for link in self.links]

    def chosen(self) -> dict[UUID, int]:
        """Return which version of which text was handed in; texts that were not are left out."""
        numbers = {link.text_id: read_number(self[f"version_{link.text_id.hex}"].data) for link in self.links}
        return {text_id: number for text_id, number in numbers.items() if number}

    def accepted(self) -> str:
        """Return the digest of the warnings that were ticked."""
        return str(self.seen.data or "") if self.all_the_same.data else ""


def make_submit_form(links: Sequence[EngagementText]) -> type[SubmitForm]:
    """Return the form for these texts: for each language, which version; the newest one first."""
    fields: dict[str, Any] = {"links": links}
    for link in links:
        versions = range(link.text.version, 0, -1)
        fields[f"version_{link.text_id.hex}"] = SelectField(
            # I18N: label of a field: which version of the text in this language was handed in
            _l("Which version in this language: %(language)s", language=own_name(link.text.language)),
            choices=[
                *(SelectChoice(str(one), _l("Version %(number)s", number=one)) for one in versions),
                # I18N: choice beside versions of a text: the one in this language was not handed in
                SelectChoice("0", _l("Not handed in")),
            ],
            default=str(link.text.version),
            validate_choice=False,
        )
    names = [f"version_{link.text_id.hex}" for link in links]
    fields["page_order"] = ("submitted_on", *names, "proof", "all_the_same")
    return type("SubmitForm", (SubmitForm,), fields)


class ProofForm(Form):
    """What shows that it was handed in, in words and among what lies on the shelf."""

    proof = TextAreaField(_l("Proof in words"), filters=[clean_text])
    # I18N: label of a field: files and links of an engagement that prove it was handed in
    materials = ManyChoices(_l("Which of these prove it?"), validate_choice=False)

    def offer_materials(self, found: Iterable[EngagementMaterial]) -> None:
        """Offer what lies on the shelf; what proves it already is ticked."""
        rows = list(found)
        self.materials.choices = [SelectChoice(str(row.id), row.title) for row in rows]
        if not self.is_submitted():
            self.materials.data = [str(row.id) for row in rows if row.is_proof]

    def validate_proof(self, field: TextAreaField) -> None:
        checked(lambda: check_proof(field.data or ""))

    def chosen(self) -> set[UUID]:
        """Return what was ticked; what was never offered is left out."""
        offered = {choice.value for choice in self.materials.choices or ()}
        return {UUID(one) for one in self.materials.data or () if one in offered}
