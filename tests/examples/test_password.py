"""One password, made once, that only the owner of the folder can read."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.examples import password
from config import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(instance=tmp_path / "instance")


def test_a_password_is_made_once_and_kept(settings: Settings) -> None:
    assert password.find_password(settings) == ""
    made = password.read_or_make_password(settings)
    assert len(made) >= 16
    assert password.read_or_make_password(settings) == made == password.find_password(settings)
    assert password.password_file(settings).stat().st_mode & 0o777 == 0o600


def test_a_password_that_is_set_is_used_and_not_written_down(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path, example_password="three words here")
    assert password.read_or_make_password(settings) == "three words here"
    assert not password.password_file(settings).exists()


def test_of_two_first_starts_one_password_counts(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    path = password.password_file(settings)
    path.parent.mkdir(parents=True)

    def another_was_quicker(*_arguments: object) -> int:
        path.write_text("theirs\n")
        raise FileExistsError

    monkeypatch.setattr(password.os, "open", another_was_quicker)
    assert password.read_or_make_password(settings) == "theirs"
