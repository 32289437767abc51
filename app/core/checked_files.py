"""From a file of facts (YAML) to checked plain values, or to the list of everything that is wrong with it.

What a file may say is a shape of `core.shapes`. Touches no database: whoever loads a file has nothing to undo when it
is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml

from app.core.errors import BadInput
from app.core.shapes import Checker, Problem, Shape, TooLarge

LARGEST_FILE = 2_000_000


class FileRefused(BadInput):
    """The file is refused whole; `lines` say file, line and reason, one per mistake."""

    def __init__(self, path: Path, problems: Sequence[Problem]) -> None:
        self.lines = [f"{path}:{problem.line}: {problem.reason}" for problem in sorted(set(problems))]
        super().__init__("\n".join(self.lines))


def read_file(path: Path, shape: Shape, check_whole: Callable[[Any, Checker], None]) -> Any:
    """Return what a file says, checked against its shape and then as a whole: `check_whole` follows references once
    every row has its shape. Raises `FileRefused`."""
    root = _compose(path)
    check = Checker()
    try:
        values = shape(root, check)
    except TooLarge:
        raise FileRefused(path, [Problem(1, "the file has more values than a file of facts can have")]) from None
    if not check.problems:
        check_whole(values, check)
    if check.problems:
        raise FileRefused(path, check.problems)
    return values


def _compose(path: Path) -> yaml.Node:
    """Parse to nodes, which know their lines. No object is ever built from a tag."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise FileRefused(path, [Problem(1, f"the file is larger than {LARGEST_FILE:,} bytes")])
        written = path.read_text(encoding="utf-8")
        root = yaml.compose(written, Loader=yaml.SafeLoader)
    except OSError as error:
        raise FileRefused(path, [Problem(0, f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError:
        raise FileRefused(path, [Problem(1, "the file is not written in UTF-8")]) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else 1
        raise FileRefused(path, [Problem(line, f"not readable as YAML: {error.problem}")]) from None
    except (yaml.YAMLError, RecursionError):
        raise FileRefused(path, [Problem(1, "not readable as YAML")]) from None
    if root is None:
        raise FileRefused(path, [Problem(1, "the file is empty")])
    return root
