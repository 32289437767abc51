"""`docs/permissions.md` is what the policies answer, role by action; `make permissions` writes it anew."""

import os
from pathlib import Path

from app.core import permissions
from tests.architecture.world import ROLES, World, make_world

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"

THINGS = {
    "people.edit_own": "person",
    "people.invite": None,
    "people.say_needs": "person",
    "people.edit_organisation_page": "organisation",
    "people.choose_acting": None,
    "people.help": None,
    "people.assist": None,
    "people.name_helper": None,
    "people.end_assistance": "assistance",
    "people.load": None,
    "people.merge": None,
    "people.ask_erasure": "person",
    "people.take_back_erasure": "erasure",
    "people.answer_erasure": "erasure",
    "people.open_desk": None,
    "people.manage_affiliation": None,
    "people.manage_organisations": None,
    "people.decide_affiliation": "pending",
    "people.end_affiliation": "affiliation",
    "people.decide_for": "organisation",
    "people.give_role": "person",
    "people.take_role": "own_grant",
    "sessions.run_programme": None,
    "sessions.publish_track": "track",
    "sessions.appoint_facilitator": "track",
    "sessions.join_track": "track",
    "sessions.join_for_organisation": "organisation",
    "sessions.manage_intake": "track",
    "sessions.decide_applications": "track",
    "sessions.keep_ramadan": "track",
    "sessions.plan_session": "track",
    "sessions.lead_session": "session",
    "sessions.mark_attendance": "session",
    "sessions.claim_attendance": "session",
    "sessions.say_coming": "session",
    "sessions.take_back_claim": "session",
    "sessions.count_heads": "session",
    "sessions.change_head_count": "head_count",
    "sessions.read_roster": "track",
    "materials.add": "track",
    "materials.edit": "material",
    "announcements.announce": "track",
    "announcements.read": "track",
    "announcements.remove": "announcement",
    "mailings.choose": "person",
    "mailings.read_log": None,
    "mailings.send_again": None,
    "mailings.preview": None,
    "agenda.keep_link": None,
    "house.run": None,
    "house.answer": "message",
    "people.manage_regions": None,
    "reflections.take_chat": "session",
    "reflections.use_draft": "draft",
    "reflections.write": "track",
    "reflections.open_inbox": "track",
    "originals.offer_languages": None,
    "reflections.release": "held",
    "reflections.answer_appeal": "appealed",
    "originals.edit_translation": "translation",
    "originals.review_translation": "translation",
    "originals.remove_translation": "translation",
    "reports.participation": "scope",
    "reports.advocacy": "group",
    "moments.recompute": None,
    "outcomes.read": "track",
    "outcomes.write_notes": "session",
    "outcomes.note": "session",
    "outcomes.change": "outcome",
    "outcomes.hand_over": "track",
    "tasks.note": "group",
    "tasks.take": "free_task",
    "tasks.change": "task",
    "tasks.give_up": "task",
    "tasks.hand_back": "task",
    "tasks.take_along": "group",
    "decisions.read": "decision",
    "decisions.propose": "group",
    "decisions.change": "decision",
    "decisions.lead": "decision",
    "decisions.ask": "decision",
    "decisions.answer": "decision",
    "decisions.take_part": "decision",
    "decisions.record_proxy": "decision",
    "polls.read": "poll",
    "polls.start": "group",
    "polls.answer": "poll",
    "polls.word": "poll",
    "polls.change": "poll",
    "discussions.read": "group",
    "discussions.write": "group",
    "discussions.reply": "topic",
    "discussions.answer": "post",
    "discussions.change": "post",
    "discussions.read_versions": "post",
    "discussions.run": "topic",
    "discussions.look_after": "post",
    "discussions.ask_to_show": "withheld_post",
    "recommendations.keep": None,
    "recommendations.look": "recommendation",
    "recommendations.bring_evidence": "recommendation",
    "recommendations.take_evidence_back": "evidence",
    "recommendations.follow": "organisation",
    "events.write": "group",
    "events.write_for_network": None,
    "events.keep": "event",
    "instruments.offer": None,
    "instruments.keep": "instrument",
    "reminders.plan": "reminder_place",
    "reminders.acknowledge": "answering",
    "advocacy.keep_dates": None,
    "advocacy.keep_catalogue": None,
    "advocacy.follow": "group",
    "advocacy.keep_access": "organisation",
    "engagements.plan": "group",
    "engagements.read": "engagement",
    "engagements.read_inside": "engagement",
    "engagements.see_delegation": "engagement",
    "engagements.run": "engagement",
    "engagements.write": "engagement",
    "engagements.edit_material": "engagement_material",
    "engagements.speak_for": "signatory",
    "drafting.begin": "group",
    "drafting.read": "joint_text",
    "drafting.keep": "joint_text",
    "drafting.adopt": "joint_text",
    "drafting.comment": "joint_text",
    "drafting.answer": "comment",
    "drafting.change_comment": "comment",
    "workinggroups.found": None,
    "workinggroups.follow_on": "track",
    "workinggroups.run": "group",
    "workinggroups.plan_meeting": "group",
    "workinggroups.appoint": "group",
    "workinggroups.read": "group",
    "workinggroups.contribute": "group",
    "workinggroups.edit_material": "group_material",
    "workinggroups.join": "group",
    "workinggroups.invite": "group",
    "workinggroups.invite_outside": "group",
    "workinggroups.answer_invitation": "invitation",
    "workinggroups.withdraw_invitation": "invitation",
    "workinggroups.decide_observers": "observer_request",
    "workinggroups.end_place": "place",
    "workinggroups.export": "group",
    "workinggroups.hand_over": "group",
    "chantiers.propose": None,
    "chantiers.ask_carrier": "chantier",
    "chantiers.answer_request": "carrier_request",
    "chantiers.withdraw_request": "carrier_request",
    "chantiers.stop_carrying": "carrier",
    "chantiers.write_letter": "chantier",
    "chantiers.sign_letter": "carrier",
    "chantiers.read_letter": "chantier",
    "chantiers.record_agreement": "chantier",
    "chantiers.end_agreement": "agreement",
    "chantiers.come_in": "chantier",
}
"""On which thing of the world an action is asked; actions on a reflection are the rest."""


def table(world: World) -> str:
    actors = {role: world.actor(role) for role in ROLES}
    lines = [
        "# Who may do what",
        "",
        "Written by asking every policy on behalf of every role (`make permissions`); a test holds it to the code.",
        "What somebody cannot see does not exist for them (404), whatever this table says; what they see but may not",
        "do is refused (403).",
        "",
        *[f"{number}. {words}" for number, words in enumerate(ROLES.values(), 1)],
        "",
        f"| | {' | '.join(str(number) for number in range(1, len(ROLES) + 1))} | action |",
        f"|---|{':-:|' * len(ROLES)}---|",
    ]
    for action in permissions.actions():
        name = THINGS.get(action.code, "reflection" if action.code.startswith(("reflections.", "originals.")) else "?")
        thing = world.things[name] if name else None
        marks = ["●" if action.policy(actors[role], thing) else "·" for role in ROLES]
        sentence = action.sentence[:1].upper() + action.sentence[1:]
        lines.append(f"| {sentence} | {' | '.join(marks)} | `{action.code}` |")
    return "\n".join(lines) + "\n"


def test_the_page_says_what_the_policies_answer(app, now):
    written = table(make_world())
    if os.environ.get("WRITE_PERMISSIONS"):
        PAGE.write_text(written)
    assert PAGE.read_text() == written, "run `make permissions` and read what changed"


def test_a_visitor_may_do_nothing_that_writes(app, now):
    world = make_world()
    visitor = world.actor("visitor")
    for action in permissions.actions():
        name = THINGS.get(action.code, "reflection")
        assert not action.policy(visitor, world.things[name] if name else None), action.code
