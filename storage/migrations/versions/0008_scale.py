"""Indexes on what few pages have: asked at each visit or round, and a walk over all pages without them.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    for name in ("trouble", "unlisted_since"):
        op.create_index(
            op.f(f"ix_page_site_id_{name}"),
            "page",
            ["site_id", name],
            sqlite_where=sa.text(f"{name} IS NOT NULL"),
            postgresql_where=sa.text(f"{name} IS NOT NULL"),
        )
