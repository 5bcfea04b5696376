"""Settings: read once, validated together, each wrong one named with what it should be."""

from __future__ import annotations

import dataclasses
import io
import logging
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.config import NAMES, Settings
from bot.domain.settings import UPLOADS_MEGABYTES
from bot.errors import HostError

ROOT = Path(__file__).parents[1]
TOKEN = f"{'M' * 24}.{'G' * 6}.{'s3cret_' * 5}"


def test_with_nothing_set_the_defaults_hold() -> None:
    settings = Settings.from_env({})
    assert settings == Settings()
    assert settings.token is None
    assert settings.database.parts[0] == "data"
    assert settings.stories_dir == Path("seeds")
    assert settings.private_reading
    assert not settings.unrated_is_mature
    assert settings.log_level == logging.INFO
    assert settings.sync_guild is None
    assert settings.uploads_megabytes == UPLOADS_MEGABYTES


@pytest.mark.parametrize("blank", ["", " ", "\t"])
def test_a_blank_setting_is_as_good_as_none(blank: str) -> None:
    assert Settings.from_env(dict.fromkeys(NAMES, blank)) == Settings()


def test_every_setting_is_read(tmp_path: Path) -> None:
    env = {
        "DISCORD_TOKEN": TOKEN,
        "DATABASE": str(tmp_path / "one.db"),
        "PRIVATE_READING": "yes",
        "UNRATED": "mature",
        "ADULT_STORIES": "no",
        "STORIES_DIR": str(tmp_path),
        "UPLOADS_MEGABYTES": "250",
        "LOG_LEVEL": "debug",
        "LOG_FORMAT": "json",
        "BACKUPS": str(tmp_path / "copies"),
        "BACKUP_HOURS": "6",
        "BACKUPS_KEPT": "9",
        "METRICS": "[::1]:9108",
        "OWNER_SERVER": "123456789012345679",
        "PRIVACY_POLICY": "https://example.org/privacy",
        "TERMS": "https://example.org/terms",
        "SUPPORT": "https://discord.gg/example",
        "SYNC_GUILD": "123456789012345678",
    }
    assert Settings.from_env(env) == Settings(
        token=TOKEN,
        database=tmp_path / "one.db",
        private_reading=True,
        unrated_is_mature=True,
        adult_stories=False,
        stories_dir=tmp_path,
        uploads_megabytes=250,
        log_level=logging.DEBUG,
        log_as_json=True,
        backups=tmp_path / "copies",
        backup_hours=6,
        backups_kept=9,
        metrics=("::1", 9108),
        owner_server=123456789012345679,
        privacy_policy="https://example.org/privacy",
        terms="https://example.org/terms",
        support="https://discord.gg/example",
        sync_guild=123456789012345678,
    )


def test_backups_can_be_turned_off() -> None:
    assert Settings.from_env({"BACKUPS": "no"}).backups is None


ADDRESS = "postgresql://ann:pa55word@db.example/oneshot"


def test_the_address_of_a_server_is_said_nowhere(tmp_path: Path) -> None:
    settings = Settings.from_env({"DATABASE": ADDRESS})
    assert settings.store == settings.server == ADDRESS and settings.database == Settings().database
    assert "pa55word" not in repr(settings)
    file = tmp_path / "address"
    file.write_text(f"{ADDRESS}\n")
    assert Settings.from_env({"DATABASE_FILE": str(file)}) == settings


@pytest.mark.parametrize(
    ("env", "should"),
    [
        ({"DATABASE": ADDRESS.replace("postgresql", "mysql")}, "begins with postgresql://"),
        ({"DATABASE": ADDRESS.replace("://", "//")}, "begins with postgresql://"),
        ({"DATABASE": ADDRESS.replace("postgresql://", "postgres:")}, "begins with postgresql://"),
        ({"DATABASE": "one.db", "DATABASE_FILE": "{file}"}, "both set"),
        ({"DATABASE_FILE": "{file}/none"}, "cannot be read"),
        ({"DATABASE_FILE": "{wrong}"}, "holds an address"),
    ],
)
def test_a_wrong_address_is_refused_and_not_repeated(tmp_path: Path, env: dict[str, str], should: str) -> None:
    files = {"{file}": ADDRESS, "{wrong}": "pa55word"}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(HostError, match=should) as refused:
        Settings.from_env({name: value.replace("{", f"{tmp_path}/{{") for name, value in env.items()})
    assert "pa55word" not in str(refused.value)


@pytest.mark.parametrize("value", ["yes", "YES", "true", "on", "1", " yes "])
def test_yes_is_said_in_several_ways(value: str) -> None:
    assert Settings.from_env({"PRIVATE_READING": value}).private_reading


@pytest.mark.parametrize("value", ["no", "False", "off", "0"])
def test_no_is_said_in_several_ways(value: str) -> None:
    assert not Settings.from_env({"PRIVATE_READING": value}).private_reading


@pytest.mark.parametrize(
    ("name", "value", "should"),
    [
        ("DISCORD_TOKEN", "changeme", "three parts"),
        ("DISCORD_TOKEN", f"Bot {TOKEN}", "three parts"),
        ("DATABASE", str(ROOT), "file"),
        ("TERMS", "http://example.org", "https://"),
        ("TERMS", "https://example.org/a) [b](https://c", "https://"),
        ("ADULT_STORIES", "perhaps", "yes or no"),
        ("PRIVATE_READING", "maybe", "yes or no"),
        ("UNRATED", "teen", "general"),
        ("UNRATED", "M", "mature"),
        ("LOG_LEVEL", "LOUD", "DEBUG, INFO"),
        ("LOG_LEVEL", "10", "DEBUG, INFO"),
        ("SYNC_GUILD", "The Reading Room", "number"),
        ("SYNC_GUILD", "12", "15 to 20 digits"),
        ("LOG_FORMAT", "xml", "text or json"),
        ("BACKUPS", str(ROOT / "README.md"), "folder"),
        ("BACKUP_HOURS", "0", "from 1 to"),
        ("BACKUPS_KEPT", "many", "whole number"),
        ("METRICS", "9108", "127.0.0.1:9108"),
        ("METRICS", "127.0.0.1:99999", "127.0.0.1:9108"),
    ],
)
def test_a_wrong_setting_is_named_with_what_it_should_be(name: str, value: str, should: str) -> None:
    with pytest.raises(HostError, match=name) as error:
        Settings.from_env({name: value})
    assert should in str(error.value)


def test_all_wrong_settings_are_named_at_once() -> None:
    wrong = {"PRIVATE_READING": "perhaps", "UNRATED": "x", "LOG_LEVEL": "x", "SYNC_GUILD": "x", "DISCORD_TOKEN": "x"}
    with pytest.raises(HostError) as error:
        Settings.from_env(wrong)
    assert [name for name in wrong if str(error.value).count(name) != 1] == []
    assert "perhaps" in str(error.value)


def test_the_token_is_in_no_text_about_the_settings() -> None:
    assert TOKEN not in repr(Settings.from_env({"DISCORD_TOKEN": TOKEN}))
    assert TOKEN not in str(Settings(token=TOKEN))
    for env in ({"DISCORD_TOKEN": f"{TOKEN}!"}, {"DISCORD_TOKEN": TOKEN, "LOG_LEVEL": "x"}):
        with pytest.raises(HostError) as error:
            Settings.from_env(env)
        assert "s3cret" not in str(error.value)


def example() -> dict[str, str | None]:
    return dotenv_values(stream=io.StringIO((ROOT / ".env.example").read_text("utf-8")))


def test_the_example_names_every_setting_that_is_read_and_no_other() -> None:
    assert set(example()) == set(NAMES)
    assert len(NAMES) == len(dataclasses.fields(Settings))


def test_the_example_holds_the_defaults() -> None:
    assert Settings.from_env({name: value or "" for name, value in example().items()}) == Settings()


def test_every_line_of_the_example_has_its_reason_above_it() -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        if "=" in line and not line.startswith("#"):
            assert lines[number - 1].startswith("# "), line


@pytest.mark.parametrize("odd", [" ", "/", "?", "#", "@", "%", "%zz"])
@pytest.mark.parametrize("way", ["DATABASE", "DATABASE_DIRECT", "DATABASE_FILE"])
def test_a_password_that_an_address_cannot_hold_is_refused_and_not_repeated(tmp_path: Path, odd: str, way: str) -> None:
    address = f"postgresql://ann:pa55{odd}word@db.example/oneshot"
    (tmp_path / "kept").write_text(address, "utf-8")
    env = {way: str(tmp_path / "kept") if way == "DATABASE_FILE" else address}
    with pytest.raises(HostError, match="@ is %40") as refused:
        Settings.from_env(env)
    assert "pa55" not in str(refused.value)


def test_a_password_with_signs_that_an_address_holds_is_taken() -> None:
    for address in ("postgresql://ann:p%40s$+s[w]@db:5432/one?sslmode=require", "postgres://db", "postgresql:///one"):
        assert Settings.from_env({"DATABASE": address}).server == address
    with pytest.raises(HostError, match="path of a file") as refused:
        Settings.from_env({"DATABASE": "host=db password=pa55word"})
    assert "pa55word" not in str(refused.value)


SERVER = "postgresql://ann@db/oneshot"


def test_a_process_has_the_shards_that_it_is_given() -> None:
    settings = Settings.from_env({"DATABASE": SERVER, "SHARD_COUNT": "16", "SHARDS": "0-2, 5,7-8"})
    assert (settings.shard_count, settings.shards) == (16, (0, 1, 2, 5, 7, 8))
    assert Settings.from_env({"SHARD_COUNT": "16"}).shards is None, "a file is fine where one process has all"


@pytest.mark.parametrize(
    ("shards", "count", "database", "said"),
    [
        ("0-3", "", SERVER, "SHARDS needs SHARD_COUNT"),
        ("0-6", "6", SERVER, "SHARDS 6 is not there: 6 shards"),
        ("0-1", "4", "one.db", "SHARDS needs DATABASE=postgresql://"),
        ("3-1", "4", SERVER, "should be numbers, like 0-15"),
        ("all", "4", SERVER, "should be numbers, like 0-15"),
    ],
)
def test_shards_that_cannot_be_are_refused(shards: str, count: str, database: str, said: str) -> None:
    with pytest.raises(HostError, match=said):
        Settings.from_env({"DATABASE": database, "SHARD_COUNT": count, "SHARDS": shards})


def test_the_way_past_a_pooler_needs_a_server() -> None:
    assert Settings.from_env({"DATABASE": SERVER, "DATABASE_DIRECT": SERVER}).direct == SERVER
    with pytest.raises(HostError, match="DATABASE_DIRECT needs DATABASE=postgresql://"):
        Settings.from_env({"DATABASE_DIRECT": SERVER})
