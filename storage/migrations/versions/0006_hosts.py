"""What is known of hosts: why they rest and how often, and their robots.txt.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    asked = "asked an earlier run for a pause"
    op.add_column("host", sa.Column("reason", sa.Text(), nullable=False, server_default=asked))
    op.add_column("host", sa.Column("rests", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("host", sa.Column("trouble_since", moment))
    op.create_table(
        "robots",
        sa.Column("origin", sa.String(length=300), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("read_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_robots")),
    )
