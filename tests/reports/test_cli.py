"""`flask reports participation`: the same figures, written whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from app.reports import cli
from tests.reports.conftest import Series


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["reports", "participation", *arguments])
    return result.exit_code, result.output


def test_the_report_of_a_track_becomes_a_file(app: Flask, series: Series, tmp_path: Path) -> None:
    target = tmp_path / "report.csv"
    target.write_text("yesterday's")
    assert run(app, "--track", "land", "--format", "csv", "--output", str(target)) == (0, "")
    assert "by_track,land,Land rights,3,2,4" in target.read_text(encoding="utf-8-sig")
    assert list(tmp_path.iterdir()) == [target]


def test_without_a_file_it_goes_to_standard_output_in_the_language_asked_for(app: Flask, series: Series) -> None:
    code, output = run(app, "--format", "json", "--language", "fr", "--from", "2026-10-04")
    facts = json.loads(output)
    assert code == 0
    assert facts["persons"] == 2
    assert {line["label"] for line in facts["by_country"]} == {"Cameroun", "Kenya"}


def test_an_unknown_track_is_said_in_one_line(app: Flask, series: Series) -> None:
    code, output = run(app, "--track", "nowhere")
    assert (code, output) == (1, "Error: There is no phase, track or session of this name.\n")


def test_a_folder_that_is_not_there_is_said_in_one_line(app: Flask, series: Series, tmp_path: Path) -> None:
    code, output = run(app, "--output", str(tmp_path / "nowhere" / "report.csv"))
    assert code == 1
    assert output.startswith("Error: Cannot write ")


def test_a_broken_write_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.csv"
    target.write_text("old")

    def fail(_handle: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(cli.os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        cli.write_whole(target, b"new")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
