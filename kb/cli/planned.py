"""What `kb reingest --plan` shows: how much there is to annotate again, and how long it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.cli.app import find_base
from kb.cli.marks import Page, show
from kb.cli.output import PageFormat, open_page, write_rows
from kb.cli.pace import lasting
from kb.cli.pages import counted

if TYPE_CHECKING:
    from kb.planning import Plan
    from kb.query.plan import Share

SHORT = 12
"""Hexadecimal digits of a pipeline's digest on a page."""


def show_plan(db: str, format: PageFormat, workers: int) -> None:
    """Make the plan and show it, or write it as JSON."""
    from kb.planning import Plan, make_plan  # noqa: PLC0415 (questions need no pipeline)

    plan = make_plan(find_base(db), workers=workers)
    if format == PageFormat.TABLE:
        _show(open_page(), plan)
    else:
        write_rows([plan], PageFormat.JSONL, row_type=Plan)


def _show(page: Page, plan: Plan) -> None:
    stale = plan.stale
    if plan.seconds is None or plan.texts_per_s is None:
        show(page, "Nothing to do: all texts are annotated by this program's pipeline.")
        return
    days = f", of {stale.since} to {stale.until}" if stale.since else ""
    much = f"{counted(stale.n_texts, 'text')} of {counted(stale.n_articles, 'article')}{days}"
    show(page, (much, "bold"))
    runs = ", ".join(map(str, plan.measured_by))
    by = f"as run {runs} went" if runs else "by a sample"
    show(page, f"about {lasting(plan.seconds)}, at {plan.texts_per_s:.1f} texts a second ({by})")
    for what, shares in (("annotated by", stale.pipelines), ("from", stale.feeds)):
        show(page)
        show(page, (what, "dim"))
        for one in shares:
            _show_share(page, one, "pipeline " if what == "annotated by" else "")


def _show_share(page: Page, one: Share, kind: str) -> None:
    name = kind + (one.of[:SHORT] if kind else one.of) if one.of else "none"
    much = f"{counted(one.n_texts, 'text'):>12}  "
    show(page, much, (name, "cyan"), f"  {counted(one.n_articles, 'article')}", indent=2)
