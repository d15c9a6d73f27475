"""The command that says whether all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from kb.cli.app import DatabaseUrl, Exit, app
from kb.cli.marks import Page, show
from kb.cli.output import Format, FormatOption, open_page, write_rows

if TYPE_CHECKING:
    from kb.health import Finding

_STYLES = {"ok": "green", "warn": "bold yellow", "fail": "bold red"}


@app.command()
def doctor(db: DatabaseUrl, format: FormatOption = Format.TABLE) -> None:
    """Say whether base, models, runs and feeds are as they should be, and how to mend what is not.

    Changes nothing. Exit code 1 if something fails; warnings leave it at 0.

    Example: kb doctor
    """
    from kb.health import Finding, Level, check_up  # noqa: PLC0415 (questions need no pipeline)

    findings = list(check_up(db))
    if format == Format.TABLE:
        page = open_page()
        for finding in findings:
            _show_finding(page, finding)
    else:
        write_rows(findings, format, row_type=Finding)
    if any(finding.level is Level.FAIL for finding in findings):
        raise typer.Exit(Exit.ERROR)


def _show_finding(page: Page, finding: Finding) -> None:
    mend = f"; {finding.mend}" if finding.mend else ""
    show(page, (f"{finding.level:5}", _STYLES[finding.level]), f"{finding.check:11}{finding.what}{mend}")
