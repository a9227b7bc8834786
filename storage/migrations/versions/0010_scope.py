"""Pages that no include takes in any more, apart from those that are watched.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("site", sa.Column("scope", sa.JSON()))
    op.add_column("page", sa.Column("left_out_since", sa.DateTime(timezone=True)))
    left_out, watched = (sa.text(f"left_out_since IS {words}") for words in ("NOT NULL", "NULL"))
    op.create_index(
        op.f("ix_page_site_id_left_out_since"),
        "page",
        ["site_id", "left_out_since"],
        sqlite_where=left_out,
        postgresql_where=left_out,
    )
    op.drop_index(op.f("ix_page_site_id_due_at"), "page")
    op.create_index(
        op.f("ix_page_site_id_due_at"),
        "page",
        ["site_id", "due_at"],
        sqlite_where=watched,
        postgresql_where=watched,
    )
