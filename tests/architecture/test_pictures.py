"""The pictures of README: each is one that `make screenshots` takes, says in words what it shows, and is light."""

from __future__ import annotations

import re

from config import ROOT
from tests.screenshots import FOLDER, HEAVIEST, HEAVIEST_TOGETHER, PICTURES

SHOWN = re.findall(r"!\[([^]]*)\]\(docs/pictures/([a-z-]+)\.png\)", (ROOT / "README.md").read_text())


def test_readme_shows_every_picture_once_and_no_other():
    assert sorted(name for _words, name in SHOWN) == sorted(picture.name for picture in PICTURES)


def test_every_picture_says_in_words_what_it_shows():
    assert [name for words, name in SHOWN if len(words) < 30] == []


def test_pictures_are_light_and_none_is_left_over():
    sizes = {file.stem: file.stat().st_size for file in FOLDER.iterdir()}
    assert set(sizes) == {picture.name for picture in PICTURES}
    assert max(sizes.values()) <= HEAVIEST
    assert sum(sizes.values()) <= HEAVIEST_TOGETHER
