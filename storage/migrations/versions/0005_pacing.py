"""What pacing learns: of pages, of sources, of sites, and of the ages of each class of page.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.add_column("page", sa.Column("learned", sa.JSON()))
    op.add_column("source", sa.Column("due_at", moment))
    op.add_column("source", sa.Column("learned", sa.JSON()))
    op.create_table(
        "hazard",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("bin", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("found", sa.Float(), nullable=False),
        sa.Column("watched", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "bin", name=op.f("pk_hazard")),
    )
    op.create_table(
        "site_pace",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("price", sa.Float(), nullable=False),
        sa.Column("priced_at", moment, nullable=False),
        sa.Column("wanted", sa.Float(), nullable=False),
        sa.Column("purse", sa.Float(), nullable=False),
        sa.Column("filled_at", moment, nullable=False),
        sa.Column("found", sa.Float(), nullable=False),
        sa.Column("expected", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_site_pace_site_id_site")),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_site_pace")),
    )
