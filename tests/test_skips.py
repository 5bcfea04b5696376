"""No test is skipped but for a reason of this list. Whoever adds one has thought whether the test could run instead."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent

REASONS = {
    "commands/test_chapter_names.py": ["it is about numbers on the screen"],
    "commands/test_contents.py": ["it is about pages on the screen"],
    "commands/test_help.py": ["it is about what is shown of commands"],
    "commands/test_pages.py": ["it is about pages on the screen"],
    "commands/test_quote_cards.py": ["it is about pictures"],
    "commands/test_in_the_page.py": ["it is about what stands on the screen"],
    "commands/test_reading_row.py": ["it is about what stands on the screen"],
    "commands/test_reading_drafts.py": ["its table of sequences is set back, as an older backup does"],
    "commands/test_spoilers.py": ["it is about pages on the screen"],
    "commands/test_submissions.py": ["the disk of a server is its own"],
    "importing/test_loading.py": [
        "only there a process is kept to its share of memory",
        "root reads any file",
        "this file system does not tell red.TXT from red.txt",
    ],
    "interactions/test_age_gate.py": ["it is about channels"],
    "interactions/test_answering.py": ["it breaks SQLite's file"],
    "interactions/test_components.py": ["it is about the form of messages"],
    "interactions/test_installs.py": ["it is about where Discord brings the bot"],
    "operations/test_backup.py": ["Windows has other rights", "a server's database has backups of its own"],
    "operations/test_cli.py": ["a pipe that is closed is no error there", "such a file is elsewhere, or nowhere"],
    "operations/test_closed_paths.py": [
        "only root can start a program as another user",
        "the paths are those of a SQLite file",
        "the user nobody cannot run this Python",
    ],
    "operations/test_container.py": ["it installs from the network: pytest --install"],
    "operations/test_doctor.py": ["nothing is closed to an administrator", "the files of these tests are SQLite's"],
    "operations/test_install.py": ["there is no sh"],
    "operations/test_lock.py": [
        "it is about a file; PostgreSQL's steps have a lock of their own",
        "it is about a file; tests/store/test_postgresql.py has the same for a server",
        "it is about a file; tests/store/test_postgresql.py has the same for a server",
    ],
    "operations/test_metrics.py": [
        "backups are of a SQLite file",
        "it runs on a SQLite file, with signals",
        "promtool is not there: on Debian, apt install prometheus",
    ],
    "operations/test_postgresql_backup.py": ["it is about PostgreSQL: make test-postgres"],
    "operations/test_process.py": [
        "a server has its own disk",
        "only there one process limits another",
        "there are no such signals",
    ],
    "operations/test_rotation.py": ["only there several processes share a database"],
    "operations/test_run.py": ["only there several processes share a database"],
    "operations/test_server_away.py": ["it is about PostgreSQL: make test-postgres"],
    "operations/test_start.py": ["these run on a SQLite file, with signals"],
    "operations/test_status.py": ["the disk of a server is its own", "the files of these tests are SQLite's"],
    "promises/test_kept.py": ["there are no such signals"],
    "services/test_news.py": ["it counts SQLite's statements", "it counts SQLite's statements"],
    "services/test_review_news.py": ["it reads SQLite's plans of queries"],
    "services/test_week.py": ["the bot backs up a SQLite file by itself"],
    "operations/test_trial.py": ["only PostgreSQL has several processes"],
    "services/test_year.py": ["it is about days and clocks"],
    "store/test_authors.py": ["it reads SQLite's plans of queries", "on PostgreSQL they wait"],
    "store/test_batches.py": ["SQLite has one process", "there one task begins what many wait for, on a thread"],
    "store/test_engines_agree.py": ["it compares PostgreSQL with SQLite: make test-postgres"],
    "store/test_erased.py": ["PostgreSQL has files of its own"],
    "store/test_limits.py": ["it reads SQLite's plans of queries", "the disk of a server is its own"],
    "store/test_migrations.py": ["Windows has other rights", "Windows has other rights", "it is about SQLite's files"],
    "store/test_pooler.py": [
        "PgBouncer is not there: on Debian, apt install pgbouncer",
        "it is about PostgreSQL: make test-postgres",
    ],
    "store/test_portable_sql.py": ["it reads the triggers that SQLite has"],
    "store/test_postgresql.py": ["it is about PostgreSQL: make test-postgres"],
    "store/test_query_plans.py": ["it reads SQLite's plans of queries"],
    "store/test_questions.py": ["SQLite has one writer: make test-postgres"],
    "store/test_releases.py": ["a release's database is a SQLite file"],
    "store/test_rolling.py": ["it is about PostgreSQL: make test-postgres"],
    "store/test_search.py": ["it breaks an index of SQLite's", "it reads SQLite's plans of queries"],
    "store/test_secrets.py": ["it is about PostgreSQL: make test-postgres"],
    "store/test_store.py": [
        "it holds one of SQLite's threads",
        "it is about commits that SQLite shares",
        "it is about commits that SQLite shares",
        "it reads SQLite's plans of queries",
    ],
    "store/test_story_lists.py": ["it reads SQLite's plans of queries", "it reads SQLite's plans of queries"],
    "store/test_turns_are_said.py": ["on PostgreSQL they wait: tests/store/test_store.py"],
    "store/test_who_waits.py": ["it is about PostgreSQL: make test-postgres"],
    "stories/test_real_stories.py": ["../shared/stories is not there"],
    "test_permissions.py": ["who may do what is asked of Discord and of the services"],
}


def reasons(path: Path) -> Iterator[str]:
    """Yield why tests of a file are skipped: on one engine, or where something is not there."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        match ast.unparse(node.func):
            case "pytest.mark.skipif":
                yield from (ast.literal_eval(each.value) for each in node.keywords if each.arg == "reason")
            case "pytest.mark.sqlite" | "pytest.mark.skip" | "pytest.mark.xfail" | "pytest.skip" | "pytest.xfail":
                yield from (str(getattr(each, "value", ast.unparse(each))) for each in node.args[:1])
            case _:
                pass


def test_what_is_skipped_is_on_the_list() -> None:
    files = (path for path in sorted(ROOT.rglob("test_*.py")) if path != Path(__file__))
    found = {path.relative_to(ROOT).as_posix(): sorted(reasons(path)) for path in files}
    assert {name: each for name, each in found.items() if each} == REASONS
