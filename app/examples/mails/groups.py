"""Example mails of a working group: places in it, its meetings and tasks, who carries it."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from uuid import uuid4

from app.chantiers.models import Carrier, CarrierRequest, Chantier, MissionLetter, PartnershipAgreement
from app.core.actors import NETWORK
from app.core.types import Facts
from app.events.models import Event, EventSource
from app.examples.mails.ground import Kinds
from app.examples.mails.reminded import Reminded
from app.examples.mails.tracks import TRACK
from app.moments.models import Moment, Status
from app.tasks.models import Task
from app.workinggroups.models import (
    GroupBlock,
    GroupCoordinator,
    GroupInvitation,
    GroupKind,
    GroupMeeting,
    GroupState,
    GroupText,
    Standing,
    WorkingGroup,
)

GROUP = {
    "en": "Heat and rents (example)",
    "fr": "Chaleur et loyers (exemple)",
    "es": "Calor y alquileres (ejemplo)",
    "pt": "Calor e aluguéis (exemplo)",
    "ar": "الحرّ والإيجارات (مثال)",
}


class Groups(Reminded):
    @cached_property
    def group(self) -> WorkingGroup:
        row = WorkingGroup(
            slug=f"example-{uuid4().hex[:8]}",
            kind=GroupKind.INTERREGIONAL,
            state=GroupState.ACTIVE,
            audience=NETWORK,
            created_at=self.now,
        )
        group = self.kept(row, GROUP, "group")
        objectives = "Medimos el calor y hablamos de los alquileres (ejemplo)."
        self.kept(GroupText(group_id=group.id, block=GroupBlock.OBJECTIVES, language="es", body=objectives))
        return group

    @cached_property
    def coordinator(self) -> GroupCoordinator:
        return self.kept(GroupCoordinator(group_id=self.group.id, person_id=self.reader.id, appointed_at=self.now))

    def place(self) -> Facts:
        about = str(self.reader.id)
        return {"group": str(self.group.id), "row": str(self.coordinator.id), "about": about, "to": str(self.writer.id)}

    def invitation(self) -> Facts:
        row = GroupInvitation(
            group_id=self.group.id,
            person_id=self.reader.id,
            standing=Standing.MEMBER,
            invited_by=self.writer.id,
            invited_at=self.now,
        )
        self.kept(row)
        return {"group": str(self.group.id)}

    def meetings_called_off(self) -> Facts:
        found = []
        for number in (1, 2):
            meeting_id = uuid4()
            moment = self.moment("meeting", meeting_id, self.hours(7 * number), status=Status.CANCELLED)
            row = GroupMeeting(
                id=meeting_id,
                group_id=self.group.id,
                number=next(self.numbers),
                moment_id=moment.id,
                created_at=self.now,
            )
            found.append(str(self.kept(row, TRACK, "meeting").id))
        return {"group": str(self.group.id), "meetings": found}

    @cached_property
    def task(self) -> Task:
        row = Task(
            group_id=self.group.id,
            words="Medir el calor en tres casas (ejemplo)",
            language="es",
            noted_at=self.now,
            owner_id=self.reader.id,
            assigned_by=self.writer.id,
        )
        task = self.kept(row)
        task.moment = self.moment("task", task.id, self.day(7))
        return self.kept(task)

    @property
    def task_due(self) -> Moment:
        moment = self.task.moment
        assert moment is not None  # noqa: S101 - made with it
        return moment

    def told_of_task(self) -> Facts:
        return {"task": str(self.task.id), "about": str(self.reader.id)}

    def day_changed(self) -> Facts:
        return self.of_moment(self.task_due) | {"change": str(self.changed(self.task_due, timing=self.day(9)).id)}

    def event(self) -> Moment:
        event_id = uuid4()
        moment = self.moment("event", event_id, self.hours(6))
        row = Event(
            id=event_id,
            moment_id=moment.id,
            group_id=self.group.id,
            title="Foro de barrios (ejemplo)",
            language="es",
            place="Plaza (ejemplo)",
            source=EventSource.HAND,
            written_at=self.now,
            changed_at=self.now,
        )
        self.kept(row)
        return moment

    def event_changed(self) -> Facts:
        moment = self.event()
        change = self.changed(moment, timing=self.hours(8), reason="Lluvia (ejemplo)")
        return self.of_moment(moment) | {"change": str(change.id)}

    @cached_property
    def chantier(self) -> Chantier:
        return self.kept(Chantier(group_id=self.group.id, state_at=self.now))

    @cached_property
    def carrier(self) -> Carrier:
        group_id = self.chantier.group_id
        return self.kept(Carrier(group_id=group_id, organisation_id=self.organisation.id, joined_at=self.now))

    @cached_property
    def request(self) -> Facts:
        row = CarrierRequest(group_id=self.group.id, organisation_id=self.organisation.id, asked_at=self.now)
        return {"request": str(self.kept(row).id)}

    def letter(self) -> Facts:
        assert self.carrier  # noqa: S101 - who carries it is to sign
        row = MissionLetter(
            group_id=self.group.id,
            edition=1,
            language="es",
            scope="(ejemplo)",
            from_on=self.now.date(),
            until_on=self.now.date() + timedelta(days=365),
            digest=uuid4().hex,
            written_at=self.now,
        )
        return {"letter": str(self.kept(row).id)}

    @cached_property
    def agreement(self) -> Facts:
        row = PartnershipAgreement(
            group_id=self.group.id,
            organisation_id=self.organisation.id,
            language="es",
            words="(ejemplo)",
            from_on=self.now.date(),
            until_on=self.now.date() + timedelta(days=365),
            recorded_at=self.now,
        )
        return {"agreement": str(self.kept(row).id)}


KINDS: Kinds = {
    "workinggroups.invited": Groups.invitation,
    **{
        f"workinggroups.{what}": Groups.place
        for what in (
            "observer_accepted", "observer_refused", "coordinator_appointed", "place_ended", "handed_over",
        )
    },
    "workinggroups.meetings_called_off": Groups.meetings_called_off,
    "tasks.assigned": Groups.told_of_task,
    "tasks.handed_back": Groups.told_of_task,
    "reminders.task": lambda groups: groups.of_moment(groups.task_due),
    "reminders.day_changed": Groups.day_changed,
    "reminders.event": lambda groups: groups.of_moment(groups.event()),
    "reminders.event_changed": Groups.event_changed,
    "chantiers.asked": lambda groups: groups.request,
    "chantiers.answered": lambda groups: groups.request,
    "chantiers.letter_to_sign": Groups.letter,
    "chantiers.carrier_left": lambda groups: {"carrier": str(groups.carrier.id)},
    "chantiers.state": lambda groups: {"group": str(groups.chantier.group_id), "state": GroupState.ACTIVE.value},
    "chantiers.agreed": lambda groups: groups.agreement,
    "chantiers.agreement_ended": lambda groups: groups.agreement,
}  # fmt: skip
