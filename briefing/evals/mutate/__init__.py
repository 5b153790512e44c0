"""Known-bad copies of true statements and harmless paraphrases, made by rule and a seed.

Shares no code with the checker that is measured with them. ``values`` says what an item is,
``material`` what there is to make items from, ``generate`` makes them; each of the other modules
is a family of kinds.
"""
