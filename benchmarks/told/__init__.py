"""What `benchmarks/truth.py` plays: noise, edits, troubles, redesigns, situations, short statements.

Nothing here judges; a play says what happened and what was told of it, and the tally compares.
"""
