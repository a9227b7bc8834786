"""What can be wrong with a store, in words a person can act on.

StoreError
├── NoStoreError       there is none yet, and the command would only have read it
├── ForeignStoreError  another program's database, a newer schema, a file that is no database
├── StoreDeniedError   a file or folder of it may not be written, or not be entered, by this user
├── DamagedError       a stored body is missing, or is not what it was
├── BackupError        a file is no whole backup, or may not be restored there
├── StoreBusyError     another run holds the lock
└── StoreFullError     the disk is full, or the medium fails: nothing was half-written
"""


class StoreError(Exception):
    exit_status = 2


class NoStoreError(StoreError):
    pass


class ForeignStoreError(StoreError):
    pass


class StoreDeniedError(StoreError):
    pass


class DamagedError(StoreError):
    pass


class BackupError(StoreError):
    pass


class StoreBusyError(StoreError):
    exit_status = 75


class StoreFullError(StoreError):
    exit_status = 75
