"""Models: where they come from (catalogue, fetch) and how they are asked (engines)."""
