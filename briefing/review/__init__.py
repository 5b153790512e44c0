"""``briefing review``: what a person decides about each item of a briefing."""
