"""From a file to a checked programme, or to the list of everything that is wrong with it. Touches no database."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from app.core.errors import BadInput
from app.sessions.programme.references import check_references
from app.sessions.programme.schema import PROGRAMME
from app.sessions.programme.shapes import Checker, Problem, TooLarge

LARGEST_FILE = 2_000_000

SHIPPED = Path(__file__).with_name("programme.yaml")
"""The programme that comes with the product; each fact carries its source and how sure it is."""


class ProgrammeRefused(BadInput):
    """The file is refused whole; `lines` say file, line and reason, one per mistake."""

    def __init__(self, path: Path, problems: Sequence[Problem]) -> None:
        self.lines = [f"{path}:{problem.line}: {problem.reason}" for problem in sorted(set(problems))]
        super().__init__("\n".join(self.lines))


def read_programme(path: Path) -> dict[str, Any]:
    """Return the programme of a file as plain checked values; raises `ProgrammeRefused`."""
    root = _compose(path)
    check = Checker()
    try:
        programme: dict[str, Any] = PROGRAMME(root, check)
    except TooLarge:
        raise ProgrammeRefused(path, [Problem(1, "the file has more values than a programme can have")]) from None
    if not check.problems:  # references can be followed once every row has its shape
        check_references(programme, check)
    if check.problems:
        raise ProgrammeRefused(path, check.problems)
    return programme


def _compose(path: Path) -> yaml.Node:
    """Parse to nodes, which know their lines. No object is ever built from a tag."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ProgrammeRefused(path, [Problem(1, f"the file is larger than {LARGEST_FILE:,} bytes")])
        written = path.read_text(encoding="utf-8")
        root = yaml.compose(written, Loader=yaml.SafeLoader)
    except OSError as error:
        raise ProgrammeRefused(path, [Problem(0, f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError:
        raise ProgrammeRefused(path, [Problem(1, "the file is not written in UTF-8")]) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else 1
        raise ProgrammeRefused(path, [Problem(line, f"not readable as YAML: {error.problem}")]) from None
    except (yaml.YAMLError, RecursionError):
        raise ProgrammeRefused(path, [Problem(1, "not readable as YAML")]) from None
    if root is None:
        raise ProgrammeRefused(path, [Problem(1, "the file is empty")])
    return root
