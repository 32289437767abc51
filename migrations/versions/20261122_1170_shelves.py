"""Shelves: material of tracks becomes one kind of material; groups have another.

Every material keeps its id, and has a second row of what only material of tracks has.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1170"
down_revision = "20261122_1160"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "track_material",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("track_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["id"], ["material.id"], name=op.f("fk_track_material_id_material"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_track_material_track_id_track")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["learning_session.id"], name=op.f("fk_track_material_session_id_learning_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track_material")),
    )
    op.execute("INSERT INTO track_material (id, track_id, session_id) SELECT id, track_id, session_id FROM material")
    op.create_index(op.f("ix_track_material_track_id"), "track_material", ["track_id"], unique=False)
    op.create_index(op.f("ix_track_material_session_id"), "track_material", ["session_id"], unique=False)
    op.create_table(
        "group_material",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["material.id"], name=op.f("fk_group_material_id_material"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_group.id"], name=op.f("fk_group_material_group_id_working_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_material")),
    )
    op.create_index(op.f("ix_group_material_group_id"), "group_material", ["group_id"], unique=False)
    op.drop_index("ix_material_track", table_name="material")
    op.drop_index("ix_material_session", table_name="material")
    with op.batch_alter_table("material") as batch:
        batch.add_column(sa.Column("kind", sa.String(length=40), nullable=False, server_default="track"))
        batch.drop_constraint(op.f("fk_material_track_id_track"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_material_session_id_learning_session"), type_="foreignkey")
        batch.drop_column("track_id")
        batch.drop_column("session_id")
    with op.batch_alter_table("material") as batch:
        batch.alter_column("kind", server_default=None)


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
