"""What `prepare` does before the site is served."""

import pytest

from inducci.management.commands import prepare
from tests.events.test_at_the_same_moment import opened_file

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


def test_on_a_prepared_site_who_reads_holds_up_nobody_who_writes(tmp_path, monkeypatch):
    path = tmp_path / "site.sqlite3"
    prepared = opened_file(path)
    monkeypatch.setattr(prepare, "connection", prepared)
    monkeypatch.setattr(prepare, "call_command", lambda *names, **options: None)
    prepare.Command().migrate()
    prepared.close()
    reader, writer = opened_file(path), opened_file(path)

    with writer.cursor() as write, reader.cursor() as read:
        write.execute("CREATE TABLE words (word)")
        read.execute("BEGIN")
        assert read.execute("SELECT word FROM words").fetchall() == []
        write.execute("INSERT INTO words VALUES ('tram')")
        assert read.execute("SELECT word FROM words").fetchall() == []
        read.execute("COMMIT")
        assert read.execute("SELECT word FROM words").fetchall() == [("tram",)]
    reader.close()
    writer.close()
