"""A small world for the sweeps: one of every role, one of every thing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from app.advocacy.models import FollowedSpace
from app.advocacy.models import Standing as AccessStanding
from app.chantiers.queries import current_carriers
from app.core.actors import VISITOR, Actor
from app.core.registries import actor_at
from app.decisions import services as decisions
from app.decisions.models import Stand, WindowKind
from app.decisions.texts import Words
from app.extensions import db
from app.instruments.models import Instrument
from app.originals.models import OriginalVersion, Translation
from app.people.models import AffiliationKind, AffiliationState, Person, Role
from app.reflections.models import AbuseReport, ConsentRequest, Ground, Reflection, Withholding
from app.reminders import kinds as reminder_kinds
from app.reminders.policy import Answering, Place
from app.reports.scope import Scope
from app.sessions.keys import track_key
from app.workinggroups.models import Standing
from tests.conftest import START
from tests.make.advocacy import (
    make_access,
    make_limit,
    make_mode,
    make_occurrence,
    make_rule,
    make_space,
    make_step,
)
from tests.make.agenda import make_link
from tests.make.announcements import make_announcement
from tests.make.calendars import make_feed
from tests.make.chantiers import make_agreement, make_chantier, make_letter, make_request
from tests.make.datepolls import make_date_poll
from tests.make.decisions import in_days, make_speaker
from tests.make.discussions import make_post, make_topic, make_withholding
from tests.make.drafting import make_comment, make_text
from tests.make.drafts import make_draft
from tests.make.engagements import make_delegate, make_engagement, make_engagement_text, make_signatory
from tests.make.events import make_event
from tests.make.house import make_contact_message, make_contact_subject
from tests.make.instruments import make_instrument, make_instrument_text
from tests.make.materials import make_engagement_material, make_group_material, make_material
from tests.make.moments import hours
from tests.make.outcomes import make_notes, make_outcome
from tests.make.people import (
    make_account,
    make_affiliation,
    make_assistance,
    make_erasure_request,
    make_import,
    make_member,
    make_organisation,
    make_other_name,
    make_person,
    make_region,
    make_role,
    make_secretary,
    make_tie,
)
from tests.make.polls import make_poll
from tests.make.proposals import make_proposal
from tests.make.recommendations import make_evidence, make_follower, make_recommendation
from tests.make.reflections import make_translation
from tests.make.sessions import (
    make_attendance,
    make_facilitator,
    make_head_count,
    make_meeting_list,
    make_membership,
    make_phase,
    make_question,
    make_session,
    make_track,
)
from tests.make.tasks import make_task
from tests.make.workinggroups import (
    make_coordinator,
    make_export,
    make_group,
    make_invitation,
    make_meeting,
    make_observer_request,
    make_place,
)

ROLES = {
    "visitor": "a visitor",
    "newcomer": "a person without affiliation",
    "network": "a person of the network, observer of the group",
    "participant": "a participant of the track, member of the group",
    "concerned": "the person it is about, or who wrote it",
    "other_facilitator": "a facilitator of another track",
    "facilitator": "a facilitator of the track",
    "mandated": "who speaks for the organisation",
    "coordinator": "a coordinator, here of the group",
    "secretariat": "the secretariat",
}
"""Roles in the order of the table, with the words it uses."""


@dataclass
class World:
    people: dict[str, Person | None] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    def actor(self, role: str) -> Actor:
        person = self.people[role]
        return actor_at(person.id, START) if person is not None else VISITOR


def make_world() -> World:
    """One of every role around one track, one organisation, one reflection."""
    world = World()
    organisation = make_organisation("Example Tenants' Union")
    phase = make_phase("Example phase", slug="example-phase")
    track = make_track("Example track", phase=phase, slug="example-track")
    other = make_track("Another track", phase=phase, slug="another-track")
    begun = START.replace(tzinfo=None) - timedelta(days=7)
    session = make_session(track, "A held session", wall_start=begun, number=1)
    make_session(track, "A coming session", number=2)

    concerned = make_person("Concerned Example", languages=("es", "en"), preferred_language="es")
    account = make_account(concerned)
    affiliation = make_affiliation(concerned, organisation)
    pending = make_person("Waiting Example")
    make_account(pending)
    mandated = make_person("Mandated Example")
    make_account(mandated)
    make_affiliation(mandated, organisation)
    newcomer = make_person("Newcomer Example")
    make_account(newcomer)
    coordinator = make_member("Coordinator Example", kind=AffiliationKind.ALLY)
    make_role(coordinator, Role.COORDINATOR)

    world.people = {
        "visitor": None,
        "newcomer": newcomer,
        "network": make_member("Network Example", kind=AffiliationKind.FRIEND),
        "participant": make_member("Participant Example"),
        "concerned": concerned,
        "other_facilitator": make_member("Other Facilitator"),
        "facilitator": make_member("Facilitator Example"),
        "mandated": mandated,
        "coordinator": coordinator,
        "secretariat": make_secretary(),
    }
    make_membership(track, world.people["participant"])
    make_membership(track, concerned, organisation)
    facilitation = make_facilitator(track, world.people["facilitator"])
    make_facilitator(other, world.people["other_facilitator"])
    make_attendance(session, concerned, organisation)
    grant = make_role(mandated, Role.MANDATED, organisation.id)
    reflection, translation = _make_reflection(track, session, concerned)
    leader = world.people["facilitator"]
    held = _make_withheld(track, concerned, leader, ground=Ground.CARE)
    appealed = _make_withheld(track, concerned, leader, ground=Ground.ABUSE, appeal="No es así.", appealed_at=START)
    _make_waiting(reflection, leader, world.people["participant"])
    make_date_poll(track, leader)
    make_notes(session, "fr")
    announcement = make_announcement(track, world.people["facilitator"])
    outcome = make_outcome(session)
    things_of_group = _make_group(track, world, organisation, outcome)
    engaged = _make_engagement(things_of_group, organisation, world)
    world.things = (
        things_of_group
        | engaged
        | _make_rules(things_of_group["group"], engaged)
        | _make_recommendation(engaged, organisation, concerned)
        | _make_chantier(organisation)
        | {
            "announcement": announcement,
            "draft": make_draft(session, concerned),
            "region": facilitation.region or make_region("LAC"),
            "subject": make_contact_subject(),
            "message": make_contact_message(),
            "organisation": organisation,
            "phase": phase,
            "track": track,
            "session": session,
            "person": concerned,
            "account": account,
            "affiliation": affiliation,
            "pending": make_affiliation(pending, organisation, state=AffiliationState.PENDING),
            "facilitation": facilitation,
            "head_count": make_head_count(session, concerned),
            "meeting_list": make_meeting_list(session),
            "grant": grant,
            "assistance": make_assistance(make_person("Assisted Example"), concerned),
            "tie": make_tie(organisation, make_organisation("Example Federation")),
            "other_name": make_other_name(organisation, "EXTU"),
            "import": make_import(),
            "erasure": make_erasure_request(newcomer),
            "newcomer": newcomer,
            "own_grant": make_role(concerned, Role.COORDINATOR),
            "reflection": reflection,
            "translation": translation,
            "held": held,
            "appealed": appealed,
            "hidden": appealed.reflection,
            "material": make_material(track),
            "scope": Scope(track=track),
            "reminder_place": Place(reminder_kinds.Scope.TRACK, track),
            "answering": Answering(things_of_group["group"], is_concerned=True),
            "question": make_question(track),
            "outcome": outcome,
        }
    )
    db.session.commit()
    return world


def _make_rules(group, engaged) -> dict[str, Any]:
    """The space of the engagement has a rule and a word limit, its session a deadline, and the group follows it."""
    space, occurrence = engaged["space"], engaged["occurrence"]
    rule = make_rule(space)
    db.session.add(FollowedSpace(group_id=group.id, space_id=space.id, since=START))
    return {
        "rule": rule,
        "limit": make_limit(engaged["mode"], 1500, cover_words=100),
        "step": make_step(occurrence, START.date() + timedelta(days=60), rule_id=rule.id),
    }


def _make_group(track, world, organisation, outcome) -> dict[str, Any]:
    """A group that grew out of the track, and what hangs on it."""
    group = make_group("Example group", slug="example-group", origins=(track,))
    coordination = make_coordinator(group, world.people["coordinator"])
    make_place(group, world.people["network"], standing=Standing.OBSERVER)
    member = make_place(group, world.people["participant"], organisation)
    make_notes(make_meeting(group, "A held meeting", hours("2026-11-14 17:00", "2026-11-14 19:00")), "fr")
    return _make_topic(group, world) | {
        "group": group,
        "meeting": make_meeting(group, "A coming meeting"),
        "coordination": coordination,
        "place": member,
        "group_material": make_group_material(group, added_by=world.people["participant"].id),
        "task": make_task(group, "Measure the heat", owner=member.person, outcome_id=outcome.id),
        "free_task": make_task(group, "Ask the town hall"),
        **_make_decision(group, world, organisation),
        "poll": make_poll(group, world.people["coordinator"]),
        "date_poll": make_date_poll(group, world.people["coordinator"]),
        "proposal": make_proposal(group),
        **_make_text(group, world),
        "instrument": _make_instrument(group),
        "event": make_event(group=group),
        "calendar": make_feed(group),
        "invitation": make_invitation(group, world.people["concerned"]),
        "export": make_export(group, world.people["coordinator"]),
        "calendar_link": make_link(world.people["coordinator"]),
        "observer_request": make_observer_request(group, world.people["newcomer"]),
    }


def _make_chantier(organisation) -> dict[str, Any]:
    """A chantier with a letter to sign. One organisation stands at both ends of everything, so that the one person who
    speaks for it meets every page."""
    chantier = make_chantier(organisation, slug="example-chantier")
    [carrier] = current_carriers(chantier)
    return {
        "chantier": chantier,
        "carrier": carrier,
        "letter": make_letter(chantier),
        "carrier_request": make_request(chantier, organisation),
        "agreement": make_agreement(chantier, organisation),
    }


def _make_decision(group, world, organisation) -> dict[str, Any]:
    """A decision open for voices, on which an objection stands, a question waits, and a voice was given to another."""
    other = make_organisation("Example Neighbours")
    speaker, neighbour = (make_speaker(one, group) for one in (organisation, other))
    lead = actor_at(world.people["coordinator"].id, START)
    plan = decisions.Plan("A common letter", Words("We write a common letter.", "en"), 1)
    decision, at = decisions.propose(lead, group, plan, now=START - timedelta(days=4)), START - timedelta(days=4)
    for _window in WindowKind:
        closing = in_days(4 if at == START else 2, at)
        decisions.open_window(actor_at(lead.person_id, at), decision, closing, now=at)
        at += timedelta(days=2)
    question = decisions.ask(lead, decision, Words("¿Quién firma?", "es"), now=START)
    said = decisions.Speaking(organisation.id, Stand.OBJECT, 1, Words("It comes too early.", "en"))
    objection = decisions.give_voice(actor_at(speaker.id, START), decision, said, now=START)
    giving = {"giver_id": other.id, "holder_id": organisation.id, "now": START}
    translation = Translation(
        original=decision.proposal, language="fr", body="Nous écrivons.", of_version=1, written_at=START,
        translator_id=lead.person_id,
    )  # fmt: skip
    db.session.add(translation)
    db.session.flush()
    return {
        "decision": decision,
        "proposal": decision.proposal,
        "statement": question,
        "objection": objection,
        "proxy": decisions.give_proxy(actor_at(neighbour.id, START), decision, **giving),
        "translated_proposal": translation,
    }


def _make_engagement(of_group, organisation, world) -> dict[str, Any]:
    """What the group plans towards a commission with its text, led by the organisation, with somebody who travels."""
    group = of_group["group"]
    space = make_space("Example commission", slug="example-commission")
    occurrence, mode = make_occurrence(space, number=71), make_mode(space)
    engagement = make_engagement(space, group, occurrence=occurrence, mode=mode)
    make_engagement_text(engagement, of_group["joint_text"])
    return {
        "engagement_material": make_engagement_material(engagement),
        "space": space,
        "occurrence": occurrence,
        "mode": mode,
        "access": make_access(organisation, AccessStanding.ECOSOC_SPECIAL),
        "engagement": engagement,
        "signatory": make_signatory(engagement, organisation, is_lead=True),
        "delegate": make_delegate(engagement, world.people["participant"]),
    }


def _make_topic(group, world) -> dict[str, Any]:
    """A topic with a translated reply by somebody who has left, and one that is out of sight."""
    topic = make_topic(group, world.people["coordinator"])
    concerned = world.people["concerned"]
    post, withheld = make_post(topic, concerned), make_post(topic, concerned)
    make_withholding(withheld, world.people["coordinator"])
    translation = make_translation(post, concerned)
    return {"topic": topic, "post": post, "withheld_post": withheld, "post_translation": translation}


def _make_text(group, world) -> dict[str, Any]:
    """A text that a coordinator keeps, with a translated comment by somebody who has left."""
    keeper, concerned = world.people["coordinator"], world.people["concerned"]
    text = make_text(group, keeper)
    comment = make_comment(text, concerned)
    translation = make_translation(comment, concerned)
    return {"joint_text": text, "comment": comment, "comment_translation": translation, "keeper": keeper}


def _make_recommendation(engaged, organisation, author) -> dict[str, Any]:
    """What came of the engagement; the organisation follows it, and somebody who has left saw something."""
    row = make_recommendation(engaged["space"], goals=(11,), engagement=engaged["engagement"])
    make_follower(row, organisation)
    return {"recommendation": row, "evidence": make_evidence(row, author)}


def _make_instrument(group) -> Instrument:
    """A statement on offer in two languages."""
    instrument = make_instrument(group)
    make_instrument_text(instrument, "fr")
    return instrument


def _make_reflection(track, session, author) -> tuple[Reflection, Translation]:
    reflection = Reflection(
        track_id=track.id,
        session_id=session.id,
        author_id=author.id,
        language="es",
        audience=track_key(track.id),
        written_at=START,
        changed_at=START,
    )
    reflection.versions = [OriginalVersion(number=1, body="El calor no es igual para todas.", written_at=START)]
    translation = Translation(
        language="fr",
        body="La chaleur n'est pas la même.",
        translator_id=author.id,
        of_version=1,
        written_at=START,
    )
    reflection.translations = [translation]
    db.session.add(reflection)
    db.session.flush()
    return reflection, translation


def _make_withheld(track, author, leader, **overrides) -> Withholding:
    """A reflection that is kept from its readers."""
    reflection = Reflection(
        track_id=track.id, author_id=author.id, language="es", audience=track_key(track.id), withheld_at=START,
        written_at=START, changed_at=START,
    )  # fmt: skip
    reflection.versions = [OriginalVersion(number=1, body="El dueño se llama Ejemplo.", written_at=START)]
    withholding = Withholding(reflection=reflection, reason="A name", by_id=leader.id, at=START, **overrides)
    db.session.add(withholding)
    db.session.flush()
    return withholding


def _make_waiting(reflection, leader, reporter) -> None:
    """A question to the author, and a report."""
    values = {"reflection_id": reflection.id}
    db.session.add_all(
        [
            ConsentRequest(audience="public", of_version=1, asked_by=leader.id, asked_at=START, **values),
            AbuseReport(reporter_id=reporter.id, words="Nombra a alguien.", reported_at=START, **values),
        ]
    )
    db.session.flush()
