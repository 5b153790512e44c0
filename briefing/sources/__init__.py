"""Documents in, :class:`briefing.types.Source` values out: one text and its metadata for each.

Nothing is fetched, opened or guessed beyond what was asked for: files, folders, patterns, web
addresses and standard input. Documents are hostile input; each format has its limits.
"""

from briefing.sources.reading import Progress, read, read_bytes_again, text_of
from briefing.sources.values import Reading, ReadOptions

__all__ = ["Progress", "ReadOptions", "Reading", "read", "read_bytes_again", "text_of"]
