"""Two reports on invented events, to make mutations from."""

from __future__ import annotations

from datetime import date

from briefing.evals.mutate.values import Document

FERRY = Document(
    id="ferry",
    published=date(2024, 9, 12),
    house="wire",
    text="""The ferry Solveig ran aground near Karlsund on Tuesday with 214 passengers on board.
Captain Henrik Aune ordered the evacuation after 35 minutes.

The coast guard arrested Peter Lund, the second officer, in Karlsund on Wednesday.
Henrik Aune may be charged with negligence, according to the prosecutor Maria Vik.

"We heard a long scrape and then the lights went out," said Anna Berg. The ferry company
Norrline AS bought the ship for 48 million euros in 2016.

Norrline AS will not pay for the salvage before the inquiry ends in November. Maria Vik said
the company had ignored two warnings about the radar. Peter Lund thanked Anna Berg for her help.

The weather in the region is expected to remain calm until the weekend, forecasters said.
""",
)
COURT = Document(
    id="court",
    published=date(2023, 2, 3),
    house="local",
    text="""A court in Lisbon fined the bank Carvalho Group more than 3 million dollars on Friday.
Judge Teresa Pinto approved the settlement after Rui Costa withdrew the complaint.

Teresa Pinto rejected a request by the National Consumer Office (NCO) to reopen the case.
The NCO has 12 weeks to appeal against the ruling.

Rui Costa did not attend the hearing on Friday because trains from Porto were cancelled.
About 40 percent of the customers have been repaid by Carvalho Group since 2019.
""",
)
DOCUMENTS = (FERRY, COURT)
