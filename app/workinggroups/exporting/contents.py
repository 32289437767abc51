"""What went into an export: noted while it is written, told in its README; how much it was stands in the audit log."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Contents:
    """What has been written: rows by table, texts and files by folder, and the names of files that the house lost."""

    rows: dict[str, int] = field(default_factory=dict)
    papers: dict[str, int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    @property
    def documents(self) -> int:
        """How many files there are beside the README and `group.json`."""
        return len(self.rows) + sum(self.papers.values())

    def add_paper(self, folder: str) -> None:
        self.papers[folder] = self.papers.get(folder, 0) + 1
