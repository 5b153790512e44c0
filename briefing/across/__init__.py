"""What sources tell differently on the same point."""

from briefing.across.disagreements import disagreements

__all__ = ["disagreements"]
