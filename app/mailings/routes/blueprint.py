"""The blueprint all pages of mails hang on."""

from flask import Blueprint

blueprint = Blueprint("mailings", __name__, template_folder="../templates")
