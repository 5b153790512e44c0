"""Evaluation: what share of what is said is supported, and how good the checker itself is."""
