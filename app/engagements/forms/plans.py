"""What is planned, for which groups, and giving it up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.advocacy.models import AdvocacySpace, Claim, Occurrence, ParticipationMode, Step
from app.advocacy.words import CLAIMS, GOALS, goal_name, mode_name, occurrence_name, step_name
from app.core.context import page_language
from app.core.errors import RuleBroken
from app.core.forms import ActionForm, Form, clean_line, clean_text
from app.core.names import Name
from app.core.text_language import LanguageFields
from app.core.worded_forms import ManyChoices
from app.engagements.forms.fields import uuid_or_none
from app.engagements.models import Engagement
from app.engagements.queries import deadline_of
from app.engagements.services import Plan
from app.moments.models import Certainty, Moment, Status
from app.moments.shown import shown
from app.originals.forms import read_number
from app.people.queries import organisation_choices
from app.workinggroups.models import WorkingGroup


def _chosen(field: Any, things: Iterable[Any]) -> Any:
    """Return the thing of a list that was chosen; raises `RuleBroken` at the field for one that was never offered."""
    if not field.data:
        return None
    wanted = uuid_or_none(field.data)
    for thing in things:
        if thing.id == wanted:
            return thing
    field.data = ""
    raise RuleBroken(_l("Choose one from the list."), field=field.name)


def _dated(label: Any, moment: Moment, status: Status) -> str:
    """Return a session or a deadline with its date; a choice has no room for marks, so words say what is not sure."""
    said = shown(moment).words
    if status is Status.POSTPONED:
        said = str(_("before: %(date)s", date=said))
    elif moment.certainty in (Certainty.TYPICAL, Certainty.UNSURE):  # an estimated one says "around" by itself
        # I18N: a date in a list to choose from that nobody has seen published: "8–19 March 2027, not confirmed"
        said = str(_("%(date)s, not confirmed", date=said))
    # I18N: a session or a deadline in a list to choose from, with its date: "Session 71 (8–19 March 2027)"
    return str(_("%(name)s (%(date)s)", name=str(label), date=said))


def _sessions(occurrences: Sequence[Occurrence], now: datetime) -> list[SelectChoice]:
    """Return sessions to choose from, those to come before those that are over: most plans are for what lies ahead."""
    is_past = {one.id: one.moment.until < now and one.moment.status is not Status.POSTPONED for one in occurrences}
    groups = (
        (_("Next sessions"), [one for one in reversed(occurrences) if not is_past[one.id]]),
        (_("Past sessions"), [one for one in occurrences if is_past[one.id]]),
    )
    return [
        SelectChoice(str(one.id), _dated(occurrence_name(one), one.moment, one.moment.status), optgroup=str(words))
        for words, those in groups
        for one in those
    ]


class PlanForm(LanguageFields):
    """What is planned. `version` says what the writer was looking at; `step` is offered once there is a plan."""

    page_order = ("groups", "language", "other_language", "title", "aim", "occurrence", "mode", "lead", "step")

    groups = ManyChoices(_l("For which groups?"), validate_choice=False)
    title = StringField(_l("What do you plan?"), filters=[clean_line])
    aim = TextAreaField(_l("What shall come of it?"), filters=[clean_text])
    occurrence = SelectField(_l("At which session?"), validate_choice=False, default="")
    mode = SelectField(_l("In which way do you take part?"), validate_choice=False, default="")
    step = SelectField(_l("Towards which deadline?"), validate_choice=False, default="")
    lead = SelectField(_l("Which organisation leads?"), validate_choice=False, default="")
    goals = ManyChoices(_l("Sustainable Development Goals"), validate_choice=False)
    # I18N: label of a list: adequate housing, right to land …
    claims = ManyChoices(_l("What do you claim?"), validate_choice=False)
    # I18N: a box to tick: an engagement looks at its subject from the equality of women and men too
    is_gender_integrated = BooleanField(_l("Gender equality runs through it"))
    is_watch_only = BooleanField(_l("We watch and hand nothing in"))
    version = HiddenField()

    def offer(
        self,
        languages: list[str],
        *,
        groups: Sequence[tuple[WorkingGroup, Name]],
        occurrences: Sequence[Occurrence],
        modes: Sequence[ParticipationMode],
        steps: Sequence[Step] = (),
        now: datetime,
    ) -> None:
        """Fill the lists: groups that the writer runs, what the space offers."""
        self._groups = [group for group, _name in groups]
        self._occurrences, self._modes, self._steps = occurrences, modes, steps
        self.groups.choices = [SelectChoice(str(group.id), name.text) for group, name in groups]
        self._offer_where(now)
        self._offer_what()
        self.offer_languages(first=languages)

    def _offer_where(self, now: datetime) -> None:
        self.occurrence.choices = [
            # I18N: choice in a list of sessions of a body of the United Nations
            SelectChoice("", _("Not said yet")),
            *_sessions(self._occurrences, now),
        ]
        self.mode.choices = [
            SelectChoice("", _("Not said yet")),
            *(SelectChoice(str(mode.id), str(mode_name(mode))) for mode in self._modes),
        ]
        self.step.choices = [
            # I18N: choice in a list of deadlines: the house finds the one that fits
            SelectChoice("", _("The one that fits session and way")),
            *(
                SelectChoice(str(step.id), _dated(step_name(step), step.moment, step.status_now))
                for step in self._steps
            ),
        ]

    def _offer_what(self) -> None:
        self.lead.choices = [
            SelectChoice("", _("Not said yet")),
            *(SelectChoice(str(one_id), name) for one_id, name in organisation_choices(page_language())),
        ]
        self.goals.choices = [
            # I18N: a Sustainable Development Goal with its number: "11: Sustainable cities and communities"
            SelectChoice(str(number), _("%(number)s: %(name)s", number=number, name=goal_name(number)))
            for number in GOALS
        ]
        self.claims.choices = [SelectChoice(claim.value, label) for claim, label in CLAIMS.items()]

    @property
    def session(self) -> Occurrence | None:
        """The session that is chosen so far, whether or not the form was sent."""
        return next((one for one in self._occurrences if str(one.id) == self.occurrence.data), None)

    def chosen_groups(self) -> list[WorkingGroup]:
        """Return the ticked ones of those that were offered."""
        ticked = set(self.groups.data or ())
        return [group for group in self._groups if str(group.id) in ticked]

    def plan(self, space: AdvocacySpace) -> Plan:
        """Return what was typed; call it after `validate()`. Raises `RuleBroken` for what was never offered.

        The deadlines of the list are those of the session as it was: with another session the one of that follows.
        """
        occurrence, step = _chosen(self.occurrence, self._occurrences), _chosen(self.step, self._steps)
        is_of_it = step is not None and occurrence is not None and step.occurrence_id == occurrence.id
        return Plan(
            title=str(self.title.data or ""),
            aim=str(self.aim.data or ""),
            language=self.tag(),
            space=space,
            occurrence=occurrence,
            mode=_chosen(self.mode, self._modes),
            step=step if is_of_it else None,
            goals=[goal for goal in GOALS if str(goal) in set(self.goals.data or ())],
            claims=[Claim(claim) for claim in self.claims.data or () if claim in set(Claim)],
            is_gender_integrated=bool(self.is_gender_integrated.data),
            is_watch_only=bool(self.is_watch_only.data),
        )

    def fill_from(self, engagement: Engagement) -> None:
        """Show what a plan says now."""
        self.title.data, self.aim.data = engagement.title, engagement.aim
        self.language.data = engagement.language
        self.occurrence.data = str(engagement.occurrence_id or "")
        self.mode.data, self.step.data = str(engagement.mode_id or ""), ""
        if engagement.step != deadline_of(engagement.occurrence, engagement.mode):
            self.step.data = str(engagement.step_id or "")
        self.goals.data = [str(row.goal) for row in engagement.goals]
        self.claims.data = [row.claim.value for row in engagement.claims]
        self.is_gender_integrated.data = engagement.is_gender_integrated
        self.is_watch_only.data = engagement.is_watch_only
        self.version.data = str(engagement.version)

    @property
    def version_seen(self) -> int:
        """The version the writer was looking at; 0 where the form does not say."""
        return read_number(self.version.data) or 0

    @property
    def lead_id(self) -> UUID | None:
        return uuid_or_none(self.lead.data)


class GroupsForm(Form):
    """To which groups an engagement belongs."""

    groups = ManyChoices(_l("Groups"), validate_choice=False)

    def offer(self, groups: Sequence[tuple[WorkingGroup, Name]]) -> None:
        self._groups = [group for group, _name in groups]
        self.groups.choices = [SelectChoice(str(group.id), name.text) for group, name in groups]

    def chosen(self) -> list[WorkingGroup]:
        ticked = set(self.groups.data or ())
        return [group for group in self._groups if str(group.id) in ticked]


class ReadersForm(ActionForm):
    """One click: the network reads it, or only those inside."""

    to = HiddenField()

    def validate_to(self, field: HiddenField) -> None:
        if field.data not in ("network", "inside"):
            raise ValidationError(_l("Choose one of the buttons of the page."))


class GiveUpForm(Form):
    because = TextAreaField(_l("Why?"), filters=[clean_text])
