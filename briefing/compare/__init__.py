"""``briefing compare``: what two briefings have in common, and what came, went or changed."""
