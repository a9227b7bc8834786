"""What a letter says of other pages than its events': as they were known when it was composed.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("told", sa.Column("said", sa.JSON()))
