"""What the whole ledger needs: conditions of sites, attachments, traits, events that are part of another.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.add_column("site", sa.Column("refused_since", moment))
    op.add_column("site", sa.Column("blocked_since", moment))
    op.add_column("site", sa.Column("redesigned_at", moment))
    op.add_column("visit", sa.Column("hops", sa.JSON()))
    op.add_column("source", sa.Column("recount_since", moment))
    op.add_column("template", sa.Column("restyled_at", moment))
    op.add_column("template", sa.Column("redesigned_at", moment))
    op.add_column("page", sa.Column("node", sa.String(length=64)))
    op.add_column("page", sa.Column("unlisted_since", moment))
    op.add_column("page", sa.Column("unlisted_told_at", moment))
    op.add_column("page", sa.Column("home", sa.Integer()))
    op.create_index("ix_page_family", "page", ["family"])
    op.create_index("ix_page_home", "page", ["home"])
    op.create_index("ix_page_site_id_node", "page", ["site_id", "node"])
    op.add_column("event", sa.Column("part_of", sa.Integer()))
    op.create_table(
        "attachment",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("size", sa.Integer()),
        sa.Column("hash", sa.String(length=64)),
        sa.Column("asked_at", moment),
        sa.Column("due_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_attachment_page_id_page")),
        sa.PrimaryKeyConstraint("page_id", "url", name=op.f("pk_attachment")),
    )
    op.create_index("ix_attachment_due_at", "attachment", ["due_at"])
    op.create_table(
        "trait",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_trait_page_id_page")),
        sa.PrimaryKeyConstraint("page_id", "value", name=op.f("pk_trait")),
    )
    op.create_index("ix_trait_value", "trait", ["value"])
