"""How a store is known as one of ours, and of which schema. Opens nothing."""

APPLICATION_ID = 0x494F4D57  # "IOMW", in the header of an SQLite file: PRAGMA application_id
HEAD = "0011"  # the newest migration; a test compares it with migrations/versions
