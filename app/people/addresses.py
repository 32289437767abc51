"""E-mail addresses: their normal form, and the one spelling under which an account is found again."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Address:
    """`email` is written to; `norm` (NFKC, case folded) is unique among accounts."""

    email: str
    norm: str


def read_address(written: str, *, field: str = "email") -> Address:
    """Return an address in normal form, without asking the network; raises `RuleBroken` at the field."""
    try:
        email = validate_email(written.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        email = ""
    norm = normal_form(email)
    if not email or len(norm) > 254:
        raise RuleBroken(_l("This is not an e-mail address. Write it like name@example.org."), field=field)
    return Address(email, norm)


def normal_form(email: str) -> str:
    """Return the one spelling of an address under which its account is found."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", email.strip()).casefold())
