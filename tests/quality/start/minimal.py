"""The newest quotes of a person, as one would write it for this one question: typer and SQLAlchemy Core in one file."""

from typing import Annotated

import typer
from sqlalchemy import column, create_engine, select, table

alias = table("alias", column("entity_id"), column("name_key"))
report = table(
    "report",
    column("quote_id"),
    column("article_id"),
    column("outlet_id"),
    column("entity_id"),
    column("published_on"),
    column("published_at"),
)
quote = table("quote", column("id"), column("kind"), column("text"), column("cue_text"))
article = table("article", column("id"), column("ref"))
revision = table("revision", column("article_id"), column("is_current"), column("title"))
outlet = table("outlet", column("id"), column("name"))


def main(
    name: Annotated[str, typer.Argument(help="Who said it.")],
    db: Annotated[str, typer.Option(help="An SQLite file.")] = "kb.sqlite3",
) -> None:
    """Print the 20 newest quotes of a person."""
    named = select(alias.c.entity_id).where(alias.c.name_key == name.lower())
    newest = (
        select(
            report.c.published_on,
            outlet.c.name,
            quote.c.kind,
            quote.c.cue_text,
            quote.c.text,
            article.c.ref,
            revision.c.title,
        )
        .join_from(report, quote, quote.c.id == report.c.quote_id)
        .join(article, article.c.id == report.c.article_id)
        .join(revision, (revision.c.article_id == article.c.id) & revision.c.is_current)
        .outerjoin(outlet, outlet.c.id == report.c.outlet_id)
        .where(report.c.entity_id.in_(named))
        .order_by(report.c.published_on.desc(), report.c.published_at.desc())
        .limit(20)
    )
    with create_engine(f"sqlite:///{db}").connect() as connection:
        for row in connection.execute(newest):
            typer.echo(" · ".join(str(value) for value in row))


typer.run(main)
