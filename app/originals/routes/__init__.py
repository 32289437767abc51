"""The address of what remains to translate; the other pages hang under the addresses of each kind (`pages`)."""

from flask import Blueprint

blueprint = Blueprint("originals", "app.originals", template_folder="templates")

from app.originals.routes import work_list  # noqa: E402 - it hangs its view on the blueprint, which stands above

__all__ = ["blueprint", "work_list"]
