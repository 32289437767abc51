"""Originals: texts in their author's language and the translations beside them, whatever they are part of (R-01).

Tables owned: `original`, `original_version`, `original_passage`, `original_translation`, `translation_offer`. Events:
see `events`. A package that lets people write has a subclass of `models.Original`, registers it (`kinds`), and hangs
the pages of translating under its own address (`pages.mount`); its texts are then in the list of what remains to
translate, and in merging and erasing a person. See docs/decisions/0014-originals.md.
"""

from flask import Flask

from app.originals import addresses, documents, policy, registrations, rooms
from app.originals.routes import blueprint


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
    app.jinja_env.globals.update(
        original_url=addresses.original_url,
        translate_url=addresses.translate_url,
        translation_url=addresses.translation_url,
    )
    policy.register()
    registrations.register()
    rooms.fill()
    documents.follow()
