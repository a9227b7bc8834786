"""Benchmarks, run by hand. Each prints a table with its floor or its peers measured in the same run."""
