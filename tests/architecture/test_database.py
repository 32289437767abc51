"""Migrations and tables say the same, on both databases; personal data is known to every registry."""

import re
from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app.core import registries, schema
from app.extensions import db
from tests.make.people import make_account, make_person


def test_there_is_one_head():
    assert len(schema._script().get_heads()) == 1


def test_migrations_and_models_agree(app):
    context = MigrationContext.configure(
        db.session.connection(), opts={"compare_type": True, "include_object": schema.is_in_models}
    )
    assert compare_metadata(context, db.metadata) == []


def test_migrations_import_no_code_of_the_house():
    for revision in schema._script().walk_revisions():
        assert "from app" not in Path(revision.path).read_text()


def test_every_check_of_the_models_is_in_the_database(app):
    """Alembic compares no CHECK constraints; so their names are compared here."""
    inspector = sa.inspect(db.session.connection())
    for table in db.metadata.sorted_tables:
        wanted = {c.name for c in table.constraints if isinstance(c, sa.CheckConstraint)}
        found = {c["name"] for c in inspector.get_check_constraints(table.name)}
        assert wanted <= found, table.name


PERSONAL = re.compile(
    r"person_id|helping_person_id|author_id|translator_id|helper_id|reporter_id|actor_id|.*_by|(.*_)?by_id"
)
"""Names of columns that point at a person: whose data it is, or whose hand it was."""

NOT_MERGED = {
    "audit_line.actor_id": "the audit is never rewritten; the line of the merge leads from one to the other",
    "audit_line.helper_id": "the audit is never rewritten; the line of the merge leads from one to the other",
}

_AUDIT = "the audit is kept whole; what it tells of a person they see on the pages it is about"
_OFFICE = "a decision of somebody in office about somebody else: it is that person's data, not the deciding one's"
NOT_EXPORTED = {
    "audit_line.actor_id": _AUDIT,
    "audit_line.helper_id": _AUDIT,
    "abuse_report.decided_by": _OFFICE,
    "affiliation.decided_by": _OFFICE,
    "application.asked_by": _OFFICE,
    "application.decided_by": _OFFICE,
    "attendance.marked_by": _OFFICE,
    "carrier_request.answered_by": _OFFICE,
    "carrier_request.asked_by": _OFFICE,
    "chantier_carrier.joined_by": _OFFICE,
    "chantier_carrier.left_by": _OFFICE,
    "contact_message.answered_by": _OFFICE,
    "decision.settled_by": _OFFICE,
    "decision_window.closed_by": _OFFICE,
    "decision_window.opened_by": _OFFICE,
    "post_withholding.answered_by": _OFFICE,
    "post_withholding.by_id": _OFFICE,
    "topic.closed_by": _OFFICE,
    "erasure_request.closed_by": _OFFICE,
    "group_coordinator.appointed_by": _OFFICE,
    "joint_text.begun_by": _OFFICE,
    "joint_text_keeper.named_by": _OFFICE,
    "group_invitation.answered_by": _OFFICE,
    "group_invitation.invited_by": _OFFICE,
    "group_membership.admitted_by": _OFFICE,
    "mission_letter.written_by": _OFFICE,
    "observer_request.decided_by": _OFFICE,
    "partnership_agreement.ended_by": _OFFICE,
    "partnership_agreement.recorded_by": _OFFICE,
    "role_grant.given_by": _OFFICE,
    "track_membership.joined_by": _OFFICE,
    "withholding.appeal_answered_by": _OFFICE,
    "withholding.by_id": _OFFICE,
    "withholding.lifted_by": _OFFICE,
    "working_group.created_by": _OFFICE,
    "auth_session.helping_person_id": "on the helper's device; who helps whom is told by `assistance`",
    "house_setting.changed_by": "a setting of the house, changed in office",
    "meeting_list.brought_by": "names of others, kept for a week at most",
    "notice.person_id": "what is about to be mailed; mails are told",
    "organisation_contact.changed_by": "how an organisation is reached: the organisation's words",
    "people_import.made_by": "a file of other people, kept for a month",
    "search_entry.author_id": "an index of words; the words themselves are told as the reflections they are",
    "original.written_down_by": "the words are the author's, and told as theirs",
    "reflection_draft.taken_by": "the words are the author's, and told as theirs",
    "submission.person_id": "marks of forms that were sent, without a word of theirs, dropped after a month",
}
"""Columns that a person's own export leaves out, with the reason."""


def columns_of_people() -> dict[str, str]:
    """Every column that points at a person, as `table.column`, with the package of its table."""
    return {
        f"{mapper.local_table.name}.{column.name}": mapper.class_.__module__.split(".")[1]
        for mapper in db.Model.registry.mappers
        for column in mapper.local_table.c
        if isinstance(column.type, sa.Uuid) and PERSONAL.fullmatch(column.name)
    }


def asked_for(work) -> set[str]:
    """The columns by which rows were chosen in the statements of some work, as `table.column`."""
    chosen: set[str] = set()

    def look(_connection, _cursor, statement, *_more) -> None:
        for condition in re.split(r"\bWHERE\b", statement)[1:]:
            chosen.update(re.findall(r"\b\w+\.\w+\b", condition))

    sa.event.listen(db.engine, "before_cursor_execute", look)
    try:
        work()
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", look)
    return chosen


def test_every_package_with_personal_data_speaks_in_the_registries(app):
    owners = set(columns_of_people().values())
    assert {"core", "people", "materials", "reflections"} <= owners
    for registry, packages in registries.packages_with_personal_data().items():
        assert owners == packages, registry


def test_merging_forgets_no_column_that_points_at_a_person(app, now):
    kept, gone = make_person(), make_person()
    make_account(gone)
    db.session.commit()
    chosen = asked_for(lambda: registries.merge_person(kept.id, gone.id, now))
    assert set(columns_of_people()) - chosen == set(NOT_MERGED)


def test_a_person_is_handed_out_whatever_points_at_them(app):
    person = make_person()
    db.session.commit()
    db.session.expire_all()
    chosen = asked_for(lambda: registries.export_person(person.id))
    assert set(columns_of_people()) - chosen == set(NOT_EXPORTED)
