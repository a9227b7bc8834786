"""One round: look at the sites, then tell the readers. It calls the rooms in order and decides nothing.

    look    discovery.py   sources → pages          visits.py   pages → versions and events
    tell    letters.py     events → letters → recipients

Everything passes through the store: telling starts from stored rows, never from what looking remembers.
Import the module that is meant; this page imports none, so that each command loads only what it needs.
"""
