"""Indexes for what is asked at each visit or round, and was a walk over all pages. How much of a site is
usually read.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    for name in ("trouble", "unlisted_since"):
        op.create_index(
            op.f(f"ix_page_site_id_{name}"),
            "page",
            ["site_id", name],
            sqlite_where=sa.text(f"{name} IS NOT NULL"),
            postgresql_where=sa.text(f"{name} IS NOT NULL"),
        )
    op.create_index(op.f("ix_page_site_id_asked_at"), "page", ["site_id", "asked_at"])
    op.add_column("site_pace", sa.Column("covered", sa.Float()))
