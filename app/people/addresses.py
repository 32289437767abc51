"""E-mail addresses: their normal form, and the one spelling under which an account is found again."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Address:
    """`email` is written to, in ASCII: a domain of other letters as `xn--…`, because not every server on the way takes
    another spelling. `norm` (NFKC, case folded, the domain in its own letters) is unique among accounts."""

    email: str
    norm: str


def read_address(written: str, *, field: str = "email") -> Address:
    """Return an address in normal form, without asking the network; raises `RuleBroken` at the field, also for letters
    before the @ that our mails do not reach."""
    try:
        found = validate_email(written.strip(), check_deliverability=False, allow_smtputf8=False)
        email, norm = found.ascii_email or "", normal_form(found.normalized)
    except EmailNotValidError:
        email, norm = "", ""
    if not email or len(email) > 254 or len(norm) > 254:
        raise RuleBroken(_l("This is not an e-mail address. Write it like name@example.org."), field=field)
    return Address(email, norm)


def normal_form(email: str) -> str:
    """Return the one spelling of an address under which its account is found."""
    if "xn--" in email.lower():
        email = _in_own_letters(email)
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", email.strip()).casefold())


def _in_own_letters(email: str) -> str:
    """Return an address whose domain is written as `xn--…` with the letters it stands for; what is none, as it is."""
    try:
        return validate_email(email.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        return email
