"""What a letter says of other pages than its events': as they were known when it was composed.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("told", sa.Column("said", sa.JSON()))
