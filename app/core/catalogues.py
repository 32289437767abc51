"""Catalogues of the pages' languages: compiled where they are stale, and one made up to prove the layout.

The compiled files are not in the repository; start, tests and checks call `compile_stale`. The pseudo catalogue
is every English sentence in accented letters between brackets, longer than the original: text that was never sent
through gettext shows at once, and so does a box that is too narrow.
"""

from __future__ import annotations

import re
from pathlib import Path

import structlog
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from config import ROOT

FOLDER = ROOT / "translations"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_l": None,
    "_lp": ((1, "c"), 2),
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

_KEPT = re.compile(r"(%\([a-z_]+\)[sd]|%%|<[^>]+>|&[a-z]+;)")
_LETTERS = str.maketrans("aeiouycnAEIOUCN", "áéíóúýçñÁÉÍÓÚÇÑ")


def extract() -> Catalog:
    """Return a catalogue of every sentence in the code and the templates, as they are now."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # Babel has no types here
    catalog = Catalog(project="Maloca", charset="utf-8", fuzzy=False)
    found = extract_from_dir(ROOT, methods, options, KEYWORDS, comment_tags=("I18N:",), strip_comment_tags=True)
    for filename, line, message, comments, context in found:
        catalog.add(message, locations=[(filename, line)], auto_comments=comments, context=context)
    return catalog


def compile_stale() -> None:
    """Compile every `messages.po` whose compiled file is missing or older; safe when many processes do it at once."""
    for source in sorted(FOLDER.glob("*/LC_MESSAGES/messages.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parents[1].name)
        try:
            _write(catalog, target)
        except OSError as error:
            structlog.get_logger().warning(
                "catalogues.not_written", language=catalog.locale_identifier, why=error.strerror
            )


def write_pseudo() -> None:
    """Make the pseudo catalogue of today's sentences."""
    catalog = Catalog(locale="en_IL", charset="utf-8", fuzzy=False)
    for message in extract():
        if message.id:
            catalog.add(message.id, _pseudo_string(message), context=message.context)
    folder = FOLDER / "en_IL" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    _write(catalog, folder / "messages.mo")


def _pseudo_string(message: Message) -> str | tuple[str, ...]:
    if isinstance(message.id, str):
        return pseudo(message.id)
    return tuple(pseudo(part) for part in message.id)


def pseudo(sentence: str) -> str:
    """Return a sentence a tester can read and no writer would have typed; placeholders and tags stay."""
    parts = [part if _KEPT.fullmatch(part) else part.translate(_LETTERS) for part in _KEPT.split(sentence)]
    return f"[{''.join(parts)}{' ~~~' * (len(sentence) // 12)}]"  # longer by a third, in words that can wrap


def _write(catalog: Catalog, target: Path) -> None:
    draft = target.with_name(f".{target.name}.{id(catalog)}")
    with draft.open("wb") as file:
        write_mo(file, catalog)
    draft.replace(target)


def update_all() -> None:
    """Bring every catalogue up to date with today's sentences: `make messages`. New ones are empty, gone ones go."""
    template = extract()
    with (FOLDER / "messages.pot").open("wb") as file:
        write_po(file, template, width=120, omit_header=True)
    for source in sorted(FOLDER.glob("*/LC_MESSAGES/messages.po")):
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parents[1].name)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        with source.open("wb") as file:
            write_po(file, catalog, width=120, no_location=True)


if __name__ == "__main__":
    update_all()
