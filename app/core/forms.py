"""The base of every form: CSRF, `submission_id`, and `carry_out`, the one way from a sent form to a committed act.

A form checks shapes; the service decides and refuses. Nothing typed is ever lost: what is refused comes back
filled in, with the field, the rule and the way out, in the reader's language, under status 422.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID, uuid4

from flask import flash, redirect, request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField, PasswordField
from wtforms.validators import ValidationError

from app.core import clock
from app.core.context import current_actor
from app.core.database import only_read_from_here
from app.core.errors import RuleBroken
from app.core.languages import one_line
from app.core.offline import accept
from app.core.often import check_often
from app.core.submissions import AlreadyDone, SentWithOtherWords, Submission, claim
from app.core.views import bears, most_hourly
from app.extensions import db

Result = TypeVar("Result")


class Form(FlaskForm):
    """Base form. `form.general_errors` are sentences for the whole form; field errors stand at their fields."""

    submission_id = HiddenField(default=lambda: str(uuid4()))
    on_behalf_of = HiddenField(default=lambda: current_actor().stand)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.general_errors: list[Any] = []

    def validate_submission_id(self, field: HiddenField) -> None:
        try:
            UUID(str(field.data))
        except ValueError:
            field.data = str(uuid4())
            raise ValidationError(_l("This form was incomplete. Your words are still here: send it again.")) from None

    def validate_on_behalf_of(self, field: HiddenField) -> None:
        """A page that was made in one name is not sent in another: in two windows somebody may write for themselves
        and for a person they help. Read from what was sent, since a field left out would show its default."""
        stand = current_actor().stand
        if request.method == "POST" and (field.raw_data or [""])[0] != stand:
            field.data = stand
            raise ValidationError(
                _l("You act in another name now than when this page was made. Look for whom you act, then send again.")
            )

    @property
    def is_refused(self) -> bool:
        return bool(self.general_errors or self.errors)

    @property
    def status(self) -> int:
        """HTTP status of the page that shows this form: 422 once something was refused."""
        return 422 if self.is_refused else 200

    def digest(self) -> str:
        """Return what was typed, as a hash: the same words give the same digest, whatever their token. Passwords go in
        by a slow hash only: a fast one of them must not lie in any table."""
        secret = "\n".join(str(f.data or "") for f in self if isinstance(f, PasswordField))
        left_out = {"csrf_token", "submission_id", "on_behalf_of"} | {
            f.name for f in self if isinstance(f, PasswordField)
        }
        left_out |= {f.carry_name for f in self if hasattr(f, "carry_name")}  # another token, the same file
        files = ((name, [f.filename for f in brought]) for name, brought in request.files.lists())
        checked = ((f"{f.name}-bytes", [f.fingerprint]) for f in self if hasattr(f, "fingerprint"))
        sent = [*request.form.lists(), *files, *checked]
        typed = {name: values for name, values in sent if name not in left_out}
        if secret.strip():
            salt = str(self.submission_id.data).encode()
            slow = hashlib.scrypt(secret.encode("utf-8", "surrogatepass"), salt=salt, n=2**14, r=8, p=1, dklen=32)
            typed["passwords"] = [slow.hex()]
        return hashlib.sha256(json.dumps(typed, sort_keys=True).encode()).hexdigest()

    def refuse(self, error: RuleBroken) -> None:
        """Hang a broken rule on its field, or on the whole form."""
        if error.field and error.field in self._fields:
            field = self._fields[error.field]
            field.errors = [*field.errors, error.message]
        else:
            self.general_errors.append(error.message)


class ActionForm(Form):
    """A button: nothing but the token and the submission id."""


def clean_text(value: str | None) -> str:
    """Filter for text fields: no NUL, CR LF as LF, no blanks around."""
    return (value or "").replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def clean_line(value: str | None) -> str:
    """Filter for one-line fields: as `clean_text`, and every run of white space is one blank."""
    return one_line(clean_text(value))


def carry_out(
    form: Form,
    work: Callable[[], Result],
    leads_to: Callable[[Result], str],
    said: Callable[[Result], Any] | None = None,
) -> Response | None:
    """Check a sent form, do its work once, commit, and answer 303; None when the page must be shown (again).

    `work` is one service call. A `RuleBroken` from it is undone whole and shown at the form. `said` makes the
    sentence shown on the next page.
    """
    if request.method != "POST":
        return None
    if not form.validate():
        only_read_from_here()
        return None
    try:
        submission = _claim(form)
        result = work()
        target = leads_to(result)
        submission.leads_to = "" if bears("by_link") else target  # the address of such a page is a secret
        db.session.commit()
    except AlreadyDone as done:
        db.session.rollback()
        accept(str(form.submission_id.data))
        return redirect(done.leads_to or request.full_path.rstrip("?"), 303)
    except RuleBroken as error:
        only_read_from_here()
        if isinstance(error, SentWithOtherWords):
            form.submission_id.data = str(uuid4())
        form.refuse(error)
        return None
    if said is not None:
        flash(said(result), "kept")
    accept(str(form.submission_id.data))
    return redirect(target, 303)


def _claim(form: Form) -> Submission:
    """Take the id of a form, and count it where its view bears a number."""
    person_id, endpoint, now = current_actor().person_id, str(request.endpoint), clock.now()
    row = claim(
        UUID(str(form.submission_id.data)), person_id=person_id, endpoint=endpoint, digest=form.digest(), now=now
    )
    if person_id is not None and (most := most_hourly()):
        check_often(person_id, endpoint, most, now=now)
    return row
