"""A small invented event in three reports: two near-copies and an independent one."""

from __future__ import annotations

from pathlib import Path

WIRE = """\
Ardmore approves second pier

ARDMORE — The harbour board of Ardmore approved a second pier on Tuesday by seven votes to two, \
ending a dispute of four years over the future of the port.

“We have waited long enough for this pier,” said Dana Whitlock, who chairs the board. “The work \
begins in March.”

The board awarded the contract, worth 40 million euros, to the builder Kessler Marine. It is not \
clear who will pay for the dredging of the channel.

Fishermen from the village of Tarbet had opposed the plan. Their spokesman, Iain Munro, said the \
board had “closed its ears to the people who live here.”

The port of Ardmore handled 1.2 million passengers last year, according to the transport ministry.

Reporting by Ann Lowe
"""

COPY = """\
Second pier for Ardmore

The harbour board of Ardmore approved a second pier on Tuesday by seven votes to two, ending a \
dispute of four years over the future of the port.

“We have waited long enough for this pier,” said Dana Whitlock, who chairs the board. “The work \
begins in March.”

The board awarded the contract, worth 40 million euros, to the builder Kessler Marine. It is not \
clear who will pay for the dredging of the channel.

Fishermen from the village of Tarbet had opposed the plan. Their spokesman, Iain Munro, said the \
board had “closed its ears to the people who live here.”
"""

LOCAL = """\
Board votes for pier despite protest

By Tom Reid

About sixty people stood in the rain outside Ardmore town hall as the harbour board voted for a \
second pier.

Dana Whitlock, the chair, told the meeting that the pier would bring 300 jobs to the town. She \
said the board had listened to every objection and would report to Ardmore council on Friday.

“Nobody asked us what happens to the herring,” Mr. Munro said after the vote.

Kessler Marine declined to say how long the work would take. The transport ministry has not \
decided whether to pay for a new road to the port.

Share this article
"""


def write(folder: Path) -> list[str]:
    """The three reports as files; returns their paths in order."""
    files = {"wire.txt": WIRE, "copy.txt": COPY, "local.txt": LOCAL}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [str(folder / name) for name in files]
