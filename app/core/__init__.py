"""The shared kernel: what every capability stands on, and nothing that knows a capability by name.

Tables owned: `audit_line`, `notice`, `outbox_mail`, `suppressed_address`, `worker_heartbeat`, `submission`,
`spent_act`, `name_row`, `stored_file`, `house_setting`. Everything a package wants to add to the house it registers
here: see `registries`, `permissions`, `slots`, `navigation`, `mails`, `acts` and `jobs`.
"""

from flask import Flask

from app.core import (
    acts,
    audit,
    context,
    database,
    files,
    health,
    house,
    jobs,
    names,
    outbox,
    personal_data,
    submissions,
    web,
)
from app.core.files import jobs as file_jobs

TABLES = (acts.SpentAct, audit.AuditLine, names.NameRow, submissions.Submission, files.StoredFile, house.HouseSetting)
"""Named here so that the metadata is whole even where no package uses them yet."""


def init_app(app: Flask) -> None:
    database.init_app(app)
    web.init_app(app)
    context.init_app(app)
    health.init_app(app)
    acts.init_app(app)
    personal_data.register()
    jobs.register("core.address_notices", outbox.address_notices, every_seconds=5)
    jobs.register("core.deliver_mails", outbox.deliver_due, every_seconds=5, reaches_out=True)
    jobs.register("core.tend_journal", outbox.tend_journal, every_seconds=3600)
    jobs.register("core.drop_old_submissions", submissions.drop_old, every_seconds=3600)
    jobs.register("core.drop_old_bytes", outbox.drop_old_bytes, every_seconds=3600)
    jobs.register("core.drop_removed_files", file_jobs.drop_removed, every_seconds=60)
    jobs.register("core.sweep_orphaned_files", file_jobs.sweep_orphans, every_seconds=3600)
