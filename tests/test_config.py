from pathlib import Path

import pytest

from briefing.config import Settings, load
from briefing.errors import ConfigError


def write(folder: Path, text: str, name: str = "briefing.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def complaint(folder: Path, text: str = "", **given: object) -> ConfigError:
    """What ``load`` says of a file, flags or variables."""
    write(folder, text)
    environ = {k: str(v) for k, v in given.items() if k.isupper()}
    flags = {k: v for k, v in given.items() if not k.isupper()}
    with pytest.raises(ConfigError) as caught:
        load(flags, environ, folder)
    return caught.value


def test_without_anything_given_the_defaults_hold(tmp_path: Path) -> None:
    settings = load({}, {}, tmp_path)
    assert settings == Settings()
    assert not settings.allow_remote
    assert settings.endpoint is None
    assert settings.store


def test_the_nearer_wins(tmp_path: Path) -> None:
    write(tmp_path, "threads = 1\nseed = 1\nmax_quotes = 1\n")
    environ = {"BRIEFING_THREADS": "2", "BRIEFING_SEED": "2"}
    settings = load({"threads": 3}, environ, tmp_path)
    assert (settings.threads, settings.seed, settings.max_quotes) == (3, 2, 1)
    assert settings.max_outcomes == Settings().max_outcomes


def test_a_flag_that_was_not_given_and_an_empty_variable_change_nothing(tmp_path: Path) -> None:
    write(tmp_path, 'topic = "the flood"\noffline = true\n')
    settings = load({"topic": None, "offline": None}, {"BRIEFING_TOPIC": ""}, tmp_path)
    assert settings.topic == "the flood"
    assert settings.offline


def test_a_flag_may_say_false(tmp_path: Path) -> None:
    write(tmp_path, "offline = true\n")
    assert not load({"offline": False}, {}, tmp_path).offline


@pytest.mark.parametrize(("text", "value"), [("1", True), ("true", True), ("no", False)])
def test_variables_are_read_as_what_they_set(tmp_path: Path, text: str, value: bool) -> None:
    assert load({}, {"BRIEFING_STORE": text}, tmp_path).store is value


def test_a_named_file_replaces_the_one_in_the_folder(tmp_path: Path) -> None:
    write(tmp_path, "seed = 1\n")
    named = write(tmp_path, "threads = 2\n", "other.toml")
    settings = load({}, {}, tmp_path, named)
    assert (settings.seed, settings.threads) == (0, 2)


def test_a_file_written_on_windows(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_bytes(b"\xef\xbb\xbfseed = 5\r\nthreads = 2\r\n")
    assert load({}, {}, tmp_path).seed == 5


def test_an_unknown_key_is_named_with_file_line_and_a_guess(tmp_path: Path) -> None:
    error = complaint(tmp_path, "# ours\n\nmax_quote = 3\n")
    assert "max_quote " in error.message
    assert f"{tmp_path / 'briefing.toml'}, line 3" in error.message
    assert error.hint == "Did you mean max_quotes?"


def test_a_value_out_of_range_names_key_value_and_line(tmp_path: Path) -> None:
    error = complaint(tmp_path, "seed = 1\nmax_outcomes = 0\n")
    assert "max_outcomes = 0 " in error.message
    assert "briefing.toml, line 2" in error.message
    assert "greater than or equal to 1" in error.message


def test_a_wrong_variable_is_named(tmp_path: Path) -> None:
    error = complaint(tmp_path, BRIEFING_THREADS="many")
    assert "threads (the environment variable BRIEFING_THREADS)" in error.message


def test_a_wrong_flag_is_named(tmp_path: Path) -> None:
    error = complaint(tmp_path, gpu_layers=-2)
    assert "gpu_layers = -2 (the flag --gpu-layers)" in error.message


def test_a_misspelt_variable_is_not_ignored(tmp_path: Path) -> None:
    error = complaint(tmp_path, BRIEFING_THREAD="2")
    assert "BRIEFING_THREAD " in error.message
    assert "BRIEFING_THREADS" in error.hint


def test_variables_that_are_no_settings_are_left_alone(tmp_path: Path) -> None:
    environ = {"BRIEFING_HOME": "/x", "BRIEFING_API_KEY": "k", "HOME": "/y", "THREADS": "z"}
    assert load({}, environ, tmp_path) == Settings()


def test_broken_toml_names_file_and_line(tmp_path: Path) -> None:
    error = complaint(tmp_path, "seed = 1\ntopic = flood\n")
    assert str(tmp_path / "briefing.toml") in error.message
    assert "line 2" in error.message


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.toml does not exist"):
        load({}, {}, tmp_path, tmp_path / "absent.toml")


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_bytes(b"\xff\xfe\x00seed")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load({}, {}, tmp_path)


def test_a_folder_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        load({}, {}, tmp_path)


@pytest.mark.parametrize("key", ["allow_remote", "allow_private_urls"])
def test_a_file_among_the_documents_cannot_open_the_machine(tmp_path: Path, key: str) -> None:
    error = complaint(tmp_path, f"{key} = true\n")
    assert f"{key} (" in error.message
    assert "line 1" in error.message
    named = write(tmp_path, f"{key} = true\n", "mine.toml")
    assert getattr(load({}, {}, tmp_path, named), key)
    write(tmp_path, f"{key} = false\n")
    assert getattr(load({key: True}, {}, tmp_path), key)
    assert getattr(load({}, {f"BRIEFING_{key.upper()}": "1"}, tmp_path), key)


def test_endpoint_options_are_a_table(tmp_path: Path) -> None:
    write(tmp_path, "[endpoint_options]\nconcurrency = 8\nextra = { top_p = 1.0 }\n")
    options = load({}, {}, tmp_path).endpoint_options
    assert (options.concurrency, options.extra, options.retries) == (8, {"top_p": 1.0}, 4)


def test_an_unknown_endpoint_option_names_its_line(tmp_path: Path) -> None:
    error = complaint(tmp_path, "seed = 1\n[endpoint_options]\n\ntime_out = 3\n")
    assert "time_out " in error.message
    assert "line 4" in error.message
    assert error.hint == "Did you mean timeout?"


def test_a_wrong_endpoint_option_names_its_line(tmp_path: Path) -> None:
    error = complaint(tmp_path, "[endpoint_options]\ntimeout = 0\n")
    assert "endpoint_options.timeout = 0 " in error.message
    assert "line 2" in error.message


def test_a_key_written_where_its_variable_is_named_is_not_repeated(tmp_path: Path) -> None:
    error = complaint(tmp_path, '[endpoint_options]\napi_key_env = "sk-very-secret"\n')
    assert "secret" not in error.message + error.hint
    assert "not the key itself" in error.message


def test_the_variable_that_holds_the_key_may_be_one_of_ours(tmp_path: Path) -> None:
    write(tmp_path, '[endpoint_options]\napi_key_env = "BRIEFING_OTHER_KEY"\n')
    settings = load({}, {"BRIEFING_OTHER_KEY": "k"}, tmp_path)
    assert settings.endpoint_options.api_key_env == "BRIEFING_OTHER_KEY"


def test_paths_in_a_file_elsewhere_start_there(tmp_path: Path) -> None:
    home = tmp_path / "team"
    (home / "prompts" / "court").mkdir(parents=True)
    text = 'prompts = "prompts/court"\ntemplate = "default"\nstore_dir = "kept"\n'
    settings = load({}, {}, tmp_path, write(home, text))
    assert settings.prompts == str(home / "prompts" / "court")
    assert settings.template == "default"
    assert settings.store_dir == home / "kept"


@pytest.mark.parametrize("language", ["English", "EN", "e", "en-GB"])
def test_a_language_is_a_code(tmp_path: Path, language: str) -> None:
    with pytest.raises(ConfigError, match="language"):
        load({"language": language}, {}, tmp_path)
    assert load({"language": "de"}, {}, tmp_path).language == "de"
