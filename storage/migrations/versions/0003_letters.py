"""Letters by period, in a language, whole beside what a mail holds; how far a digest's slots have come.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("letter", sa.Column("period", sa.String(length=16)))
    op.add_column("letter", sa.Column("language", sa.String(length=8), nullable=False, server_default="en"))
    op.add_column("letter", sa.Column("page", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_letter_digest_period", "letter", ["digest", "period"], unique=True)
    op.add_column("subscription", sa.Column("slot", sa.String(length=16)))
