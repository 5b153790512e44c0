"""Redoing a briefing: what is asked again, what is not, and what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from briefing.config import Settings
from briefing.document import dumps, load, save
from briefing.errors import DocumentError, SourceError, UserError
from briefing.forecast import forecast
from briefing.model.cached import CachedEngine
from briefing.model.jobs import Job, Prompt, Score
from briefing.model.scripted import ScriptedEngine
from briefing.model.vocabulary import Estimated
from briefing.pipeline import Made, answered
from briefing.prompt_sets import new
from briefing.prompts import PromptSet
from briefing.regenerate import Recorded, joined, redo, sources_of
from briefing.runlog import Stopwatch
from briefing.sources import Reading, read
from briefing.store import ResultStore, Store
from briefing.tally import Work
from briefing.types import Briefing, LeftOut
from tests.events import write
from tests.example import example, run, source
from tests.test_pipeline import answer

FILE = Path("b.json")


class Unasked(Estimated):
    """No test that counts with it passes."""

    def tokens(self, prompt: Prompt) -> list[int]:
        pytest.fail(f"counts {prompt}")


NOBODY = Unasked("nobody")


class Desk:
    """A store, and engines on it that remember what they were asked."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder / "store")
        self.asked: list[Job] = []

    def engine(self, store: ResultStore | None = None) -> CachedEngine:
        scripted = ScriptedEngine(answer)
        scripted.asked = self.asked = []
        return CachedEngine(scripted.info, lambda: scripted, store or self.store)

    def make(self, reading: Reading, settings: Settings) -> Made:
        return answered(reading, settings, self.engine(), self.store, Stopwatch())

    def redo(self, was: Briefing, settings: Settings, more: Reading | None = None) -> Made:
        reading = joined(was, sources_of(was, FILE, Path()), more)
        return redo(was, reading, settings, self.engine(), self.store, Stopwatch())


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, parse: object) -> Path:  # noqa: ARG001
    """The reports, the first briefing of them as a file, and its store. Only read."""
    folder = tmp_path_factory.mktemp("archive")
    first = Desk(folder).make(read(write(folder)), Settings()).briefing
    save(first, folder / FILE)
    return folder


@pytest.fixture
def desk(tmp_path: Path, archive: Path) -> Desk:
    shutil.copytree(archive / "store", tmp_path / "store")
    return Desk(tmp_path)


@pytest.fixture
def made(archive: Path) -> Briefing:
    return load(archive / FILE)


def changed(folder: Path, name: str, old: str, text: str) -> str:
    """A copy of our prompts with ``old`` replaced by ``text`` in prompt ``name``."""
    copy = new(folder / "mine", PromptSet())
    path = copy.files[name]
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, text), encoding="utf-8")
    return str(copy.folder)


def test_nothing_changed_computes_nothing(desk: Desk, made: Briefing) -> None:
    again = desk.redo(made, Settings())
    assert dumps(again.briefing) == dumps(made)
    assert not again.work
    assert desk.asked == []


def test_another_wording_of_ask_asks_only_that(desk: Desk, made: Briefing, tmp_path: Path) -> None:
    prompts = changed(tmp_path, "ask", "and nothing else", "and no more")
    again = desk.redo(made, Settings(prompts=prompts))
    assert {job.kind for job in desk.asked} == {"generate"}
    assert all("and no more" in job.prompt.system for job in desk.asked)
    assert again.work["scoring"].computed == 0
    assert again.work["scoring"].reused > 0
    assert again.work["questions"] == Work(computed=len(desk.asked))
    assert [o.id for o in again.briefing.outcomes] == [o.id for o in made.outcomes]


def test_a_changed_score_is_computed_and_what_follows_is_kept_where_it_is_the_same(
    desk: Desk, made: Briefing, tmp_path: Path
) -> None:
    prompts = changed(tmp_path, "outcome", "Must a short briefing", "Should a briefing")
    again = desk.redo(made, Settings(prompts=prompts))
    assert {job.kind for job in desk.asked} == {"score"}
    assert again.work["questions"].computed == 0
    assert "mine/outcome" in again.briefing.run.prompts


@pytest.mark.parametrize(
    ("name", "old", "text"),
    [
        ("open", "unclear, undisclosed", "unknown, undisclosed"),
        ("outcome", "Must a short briefing", "Should a briefing"),
    ],
)
def test_of_two_questions_about_sentences_only_the_changed_one_is_asked_again(
    desk: Desk, made: Briefing, tmp_path: Path, name: str, old: str, text: str
) -> None:
    settings = Settings(prompts=changed(tmp_path, name, old, text))
    again = desk.redo(made, settings)
    about = [job for job in desk.asked if "Sentence" in job.prompt.user and job.kind == "score"]
    assert about
    assert all(text in job.prompt.user for job in about)
    assert again.work["scoring"].computed == len(about)
    assert again.work["scoring"].reused > 0
    fresh = Desk(tmp_path / "fresh").make(joined(made, made.sources, None), settings)
    assert dumps(again.briefing) == dumps(fresh.briefing)


def test_a_further_document_leaves_the_answers_of_the_others(
    desk: Desk, made: Briefing, tmp_path: Path
) -> None:
    path = tmp_path / "late.txt"
    path.write_text(
        "Pier vote challenged in court\n\nA fishermen's union asked the regional court on Friday "
        "to annul the vote on the second pier at Ardmore, its lawyer said.\n",
        encoding="utf-8",
    )
    again = desk.redo(made, Settings(), read([str(path)]))
    assert [s.id for s in again.briefing.sources] == ["S1", "S2", "S3", "S4"]
    # What is shown may change with it, and so the pairs of sentences that are compared.
    asked = [j for j in desk.asked if isinstance(j, Score) and "Second:" not in j.prompt.user]
    assert asked
    assert all("union asked the regional court" in job.prompt.user for job in asked)
    assert again.work["scoring"].reused > 0


def test_a_document_that_is_there_already_is_left_out_and_said(
    desk: Desk, made: Briefing, archive: Path, tmp_path: Path
) -> None:
    shutil.copy(archive / "wire.txt", tmp_path / "again.txt")
    again = desk.redo(made, Settings(), read([str(tmp_path / "again.txt")]))
    assert len(again.briefing.sources) == 3
    (left,) = again.briefing.left_out
    assert left.name.endswith("again.txt")
    assert "S1" in left.reason


@pytest.mark.parametrize(
    ("was", "fields", "title"),
    [
        ({"title": "Pier at Ardmore"}, {}, "Pier at Ardmore"),
        ({"title": "Pier at Ardmore"}, {"title": "Harbour"}, "Harbour"),
        ({"title": "pier", "topic": "pier"}, {"topic": "herring"}, "herring"),
        ({"title": "pier", "topic": "pier"}, {"topic": "pier"}, "pier"),
    ],
)
def test_the_title_goes_on_unless_it_was_the_topic(
    desk: Desk, made: Briefing, was: dict[str, str], fields: dict[str, str], title: str
) -> None:
    old = made.model_copy(update=was)
    assert desk.redo(old, Settings(**fields)).briefing.title == title  # type: ignore[arg-type]


# -- texts ---------------------------------------------------------------------------------


def test_without_texts_the_originals_are_read_and_must_be_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The dam held.\n", encoding="utf-8")
    (whole,) = read([str(path)]).sources
    bare = whole.model_copy(update={"text": None, "path": "a.txt", "origin": "o1"})
    was = example(sources=(bare,))
    (again,) = sources_of(was, FILE, tmp_path)
    assert again.text == whole.text
    assert again.path == "a.txt"
    with pytest.raises(SourceError, match="S1") as caught:
        sources_of(was, FILE, tmp_path / "elsewhere")
    assert "--base" in caught.value.hint
    path.write_text("The dam broke.\n", encoding="utf-8")
    with pytest.raises(SourceError, match="has changed"):
        sources_of(was, FILE, tmp_path)


def test_a_text_that_was_tampered_with_is_refused() -> None:
    honest = source(1, "The dam held.")
    was = example(sources=(honest.model_copy(update={"text": "The dam fell."}),))
    with pytest.raises(DocumentError, match=r"b\.json: the text of S1"):
        sources_of(was, FILE, Path())


def test_what_was_left_out_stays_said() -> None:
    was = example(left_out=(LeftOut(name="x", reason="empty"),))
    assert joined(was, was.sources, None).left_out == was.left_out


# -- settings ------------------------------------------------------------------------------


def recorded(**fields: object) -> Recorded:
    given = {**run().model_dump(), "prompts": {"default/ask": "cd" * 32}, **fields}
    return Recorded(example(run=given), FILE)


def settings_of(was: Recorded, base: Settings, *given: str) -> Settings:
    return was.settings(base, given, ["scripted"])


def test_recorded_settings_are_the_defaults_and_flags_come_before_them() -> None:
    was = recorded(settings={"max_outcomes": 3, "topic": "dams", "max_quotes": 2}, seed=5)
    found = settings_of(was, Settings(topic="floods", max_quotes=9), "topic")
    assert (found.max_outcomes, found.topic, found.max_quotes, found.seed) == (3, "floods", 2, 5)
    assert (found.prompts, found.model) == ("default", "scripted")


def test_a_briefing_without_texts_stays_without() -> None:
    bare = source(1, "x").model_copy(update={"text": None})
    was = Recorded(example(sources=(bare,), run=recorded().briefing.run), FILE)
    assert settings_of(was, Settings()).include_text is False
    assert settings_of(recorded(), Settings()).include_text is True


def test_a_file_names_no_other_model_and_no_folder() -> None:
    """A briefing file comes from others: it must not choose what is loaded."""
    for name in ("../evil.gguf", "/tmp/evil.gguf", "owner/repo:evil.gguf"):  # noqa: S108
        with pytest.raises(UserError, match="none of the catalogue"):
            settings_of(recorded(model={"name": name}), Settings())
        assert settings_of(recorded(model={"name": name}), Settings(model="m")).model == "m"
    with pytest.raises(UserError, match="prompt set"):
        settings_of(recorded(prompts={"../default/ask": "ab"}), Settings(prompts="gone"))


def test_a_set_of_ones_own_is_found_by_the_name_of_its_folder(tmp_path: Path) -> None:
    place = str(new(tmp_path / "court", PromptSet()).folder)
    was = recorded(prompts={"court/ask": "ab"})
    assert settings_of(was, Settings(prompts=place)).prompts == place
    with pytest.raises(UserError, match="'court'") as caught:
        settings_of(was, Settings())
    assert "--prompts" in caught.value.hint


def test_a_recorded_setting_out_of_range_names_the_file() -> None:
    with pytest.raises(DocumentError, match=r"b\.json.*max_outcomes"):
        settings_of(recorded(settings={"max_outcomes": -1}), Settings())


def test_threads_and_context_go_on_with_the_same_build_only() -> None:
    was = recorded(settings={"build": "avx", "threads": 3, "context": 4096, "gpu_layers": 0})
    here = was.on_this_machine(Settings(), "avx")
    assert (here.threads, here.context, here.gpu_layers) == (3, 4096, 0)
    assert was.on_this_machine(Settings(), "neon") == Settings()


def test_changes_are_told(made: Briefing, tmp_path: Path) -> None:
    was = Recorded(made, FILE)
    info = ScriptedEngine(answer).info
    kept = joined(made, made.sources, None)
    assert was.changes(Settings(), info, kept) == []
    prompts = changed(tmp_path, "ask", "and nothing else", "and no more")
    other = info.model_copy(update={"model": {"name": "big", "sha256": "ef" * 32}})
    more = joined(made, made.sources, Reading(sources=(source(1, "New.", path="n.txt"),)))
    told = was.changes(Settings(prompts=prompts, topic="herring"), other, more)
    assert told == [
        "model: big instead of scripted",
        "prompts changed: ask",
        "topic: herring",
        "documents added: n.txt",
    ]


# -- forecasts -----------------------------------------------------------------------------


def test_a_forecast_is_what_is_then_computed(desk: Desk, made: Briefing, tmp_path: Path) -> None:
    prompts = changed(tmp_path, "ask", "and nothing else", "and no more")
    settings = Settings(prompts=prompts)
    reading = joined(made, sources_of(made, FILE, Path()), None)
    info = desk.engine().info
    before = {entry.key for entry in desk.store.entries()}
    planned = forecast(reading, settings, info, desk.store, Estimated("no model"))
    assert {entry.key for entry in desk.store.entries()} == before
    again = desk.redo(made, settings)
    assert planned.stages.keys() == again.work.keys()
    for stage, work in again.work.items():
        assert (planned.stages[stage].reused, planned.stages[stage].computed) == (
            work.reused,
            work.computed,
        )
    assert planned.stages["scoring"].tokens == 0
    questions = planned.stages["questions"]
    prompt = sum(len(Estimated("").tokens(job.prompt)) for job in desk.asked)
    assert 0 < questions.tokens < prompt  # what they share is read once
    assert planned.seconds > 0
    assert not planned.kept
    assert planned.counted == "estimated from the words (no model)"
    assert forecast(reading, settings, info, desk.store, NOBODY).kept


def test_no_tokenizer_is_loaded_where_every_answer_is_kept(desk: Desk, made: Briefing) -> None:
    settings = Settings(title="Another one")  # not the very briefing that was kept
    reading = joined(made, sources_of(made, FILE, Path()), None)
    planned = forecast(reading, settings, desk.engine().info, desk.store, NOBODY)
    assert planned.stages
    assert all(stage.reused and not stage.computed for stage in planned.stages.values())
    assert (planned.counted, planned.kept) == ("", False)
