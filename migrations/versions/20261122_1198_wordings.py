"""Who wrote which version of a proposal. Amendments written before are signed from the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1198"
down_revision = "20261122_1195"
branch_labels = None
depends_on = None


def upgrade() -> None:
    wording = op.create_table(
        "decision_wording",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
            name=op.f("fk_decision_wording_decision_id_decision"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_decision_wording_written_by_person")),
        sa.PrimaryKeyConstraint("decision_id", "version", name=op.f("pk_decision_wording")),
    )
    op.create_index(op.f("ix_decision_wording_written_by"), "decision_wording", ["written_by"], unique=False)
    _sign(wording)


def _sign(wording: sa.Table) -> None:
    connection = op.get_bind()
    decisions = connection.execute(
        sa.text(
            "SELECT proposal.decision_id, original_version.number, original.author_id FROM proposal"
            " JOIN original ON original.id = proposal.id"
            " JOIN original_version ON original_version.original_id = proposal.id"
        ).columns(decision_id=sa.Uuid(), number=sa.Integer(), author_id=sa.Uuid())
    ).all()
    if not decisions:
        return
    amended = connection.execute(
        sa.text(
            "SELECT subject_id, actor_id, facts FROM audit_line WHERE code = 'decisions.decision.amended'"
            " AND actor_id IN (SELECT id FROM person)"
        ).columns(subject_id=sa.Uuid(), actor_id=sa.Uuid(), facts=sa.JSON())
    ).all()
    amenders = {(row.subject_id, row.facts["version"]): row.actor_id for row in amended}
    connection.execute(
        wording.insert(),
        [
            {
                "decision_id": row.decision_id,
                "version": row.number,
                "written_by": row.author_id if row.number == 1 else amenders.get((row.decision_id, row.number)),
            }
            for row in decisions
        ],
    )


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
