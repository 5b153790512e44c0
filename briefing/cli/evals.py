"""``briefing eval``: how well statements are grounded, and how right the checker is."""

from __future__ import annotations

import typer

from briefing.cli import (
    eval_calibrate,
    eval_data,
    eval_file,
    eval_mutations,
    eval_score,
    eval_suite,
    eval_train,
)

app = typer.Typer(
    name="eval",
    help="Check that stated facts rest on their sources, and measure the checker itself.",
    no_args_is_help=True,
)
app.command("file")(eval_file.file)
app.command("suite")(eval_suite.suite)
app.command("mutations")(eval_mutations.mutations)
app.command("data")(eval_data.data)
app.command("score")(eval_score.score)
app.command("calibrate")(eval_calibrate.calibrate)
app.command("train")(eval_train.train)
