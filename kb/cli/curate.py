"""The commands by which people decide: each makes one decision, tries it on the base and says what it changed."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb import curation, query
from kb.cli import decided
from kb.cli.app import DatabaseUrl, asking, curate_app, deciding
from kb.cli.marks import show
from kb.cli.output import Format, FormatOption, open_page, write_rows
from kb.cli.pages import counted
from kb.curation import State
from kb.model import EntityType, Verb
from kb.names import entity_uid
from kb.query import EntityRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

AUTHOR_VARIABLE = "KB_USER"

Name = Annotated[str, typer.Argument(help="A uid, or a name that only one entity goes by.")]
Ref = Annotated[str, typer.Argument(metavar="ARTICLE", help="An article's id, or how only that one begins.")]
Said = Annotated[
    str, typer.Argument(metavar="QUOTE", help="Its number in `kb article`, or words that only it has.")
]
Why = Annotated[str | None, typer.Option(help="Why: kept in the log.")]
By = Annotated[
    str | None, typer.Option(envvar=AUTHOR_VARIABLE, metavar="NAME", help="Who decides; else your user name.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what it would change, and change nothing.")]


@curate_app.command()
def queue(
    db: DatabaseUrl,
    type: Annotated[EntityType | None, typer.Option(help="Only people, organisations or places.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    format: FormatOption = Format.TABLE,
) -> None:
    """List pairs of entities that may be one and that nobody decided about, those first that matter most.

    Example: kb curate queue --type PER --limit 50
    """
    with asking(db) as connection:
        pairs = islice(query.undecided_pairs(connection, type=type), limit)
        if format == Format.TABLE:
            decided.show_queue(open_page(), pairs)
        else:
            write_rows(pairs, format, row_type=query.PairRow)


@curate_app.command()
def merge(
    name: Name,
    into: Annotated[str, typer.Argument(help="The entity that it is; its name stays.")],
    db: DatabaseUrl,
    *,
    why: Why = None,
    by: By = None,
    dry_run: DryRun = False,
) -> None:
    """Say that two entities are one.

    Example: kb curate merge "Sergey Lavrow" "Sergei Lavrov" --why "misprint"
    """
    with deciding(db, dry_run=dry_run) as connection:
        one, other = (query.entity_meant(connection, given) for given in (name, into))
        arguments = {"entity": _known(one), "into": _known(other)}
        _decide(connection, Verb.MERGE, arguments, by=by, why=why, about=(other, one))


@curate_app.command()
def apart(
    name: Name,
    other: Annotated[str, typer.Argument(help="Somebody else.")],
    db: DatabaseUrl,
    *,
    why: Why = None,
    by: By = None,
    dry_run: DryRun = False,
) -> None:
    """Say that two entities are two, so that the queue asks no more.

    Example: kb curate apart "Budi Santoso" "Budi Susanto"
    """
    with deciding(db, dry_run=dry_run) as connection:
        one, two = (query.entity_meant(connection, given) for given in (name, other))
        arguments = {"entity": _known(one), "other": _known(two)}
        _decide(connection, Verb.APART, arguments, by=by, why=why, about=(one, two))


@curate_app.command()
def split(
    name: Name,
    db: DatabaseUrl,
    *,
    article: Annotated[
        list[str], typer.Option(metavar="ID", help="An article that means the other; several may be given.")
    ],
    told_by: Annotated[
        str | None, typer.Option("--as", metavar="WORDS", help="What tells the other apart.")
    ] = None,
    into: Annotated[
        str | None, typer.Option(metavar="NAME", help="The other is this entity, which is known.")
    ] = None,
    why: Why = None,
    by: By = None,
    dry_run: DryRun = False,
) -> None:
    """Say that some articles mean somebody else of the same name.

    Example: kb curate split "Budi Santoso" --article kabar-0012 --as "petani"
    """
    with deciding(db, dry_run=dry_run) as connection:
        one = query.entity_meant(connection, name)
        refs = sorted({query.article_named(connection, ref).article.article for ref in article})
        other = query.entity_meant(connection, into) if into else None
        words = told_by or (None if other else refs[0])
        uid = other.uid if other else entity_uid(EntityType(one.type), one.name, words)
        target = _known(other) if other else {"uid": uid, "type": one.type, "name": one.name}
        arguments = {
            "entity": _known(one),
            "into": target,
            "articles": refs,
            "is_new": other is None,
            "told_by": words,
        }
        _decide(connection, Verb.SPLIT, arguments, by=by, why=why, about=(one, other or uid))


@curate_app.command()
def alias(
    name: Name,
    alias: Annotated[str, typer.Argument(help="What it is called too, in every article.")],
    db: DatabaseUrl,
    *,
    why: Why = None,
    by: By = None,
    dry_run: DryRun = False,
) -> None:
    """Say that an entity goes by another name as well: articles that name nobody fuller by it mean this one.

    Example: kb curate alias "Joko Widodo" "Pakde"
    """
    with deciding(db, dry_run=dry_run) as connection:
        one = query.entity_meant(connection, name)
        arguments = {"entity": _known(one), "name": alias}
        _decide(connection, Verb.ALIAS, arguments, by=by, why=why, about=(one,))


@curate_app.command()
def rename(
    name: Name,
    new: Annotated[str, typer.Argument(help="The name to show.")],
    db: DatabaseUrl,
    *,
    why: Why = None,
    by: By = None,
    dry_run: DryRun = False,
) -> None:
    """Show an entity under another name; its uid stays.

    Example: kb curate rename "Korut" "Korea Utara"
    """
    with deciding(db, dry_run=dry_run) as connection:
        one = query.entity_meant(connection, name)
        arguments = {"entity": _known(one), "name": new}
        _decide(connection, Verb.RENAME, arguments, by=by, why=why, about=(one,))


@curate_app.command()
def retype(
    name: Name,
    type: Annotated[EntityType, typer.Argument(help="What it is.")],
    db: DatabaseUrl,
    *,
    why: Why = None,
    by: By = None,
    dry_run: DryRun = False,
) -> None:
    """Say that an entity is a person, an organisation or a place; its uid stays.

    Example: kb curate retype "Gedung Putih" ORG
    """
    with deciding(db, dry_run=dry_run) as connection:
        one = query.entity_meant(connection, name)
        arguments = {"entity": _known(one), "type": str(type)}
        _decide(connection, Verb.RETYPE, arguments, by=by, why=why, about=(one,))


@curate_app.command("reject-mention")
def reject_mention(
    ref: Ref,
    text: Annotated[str, typer.Argument(help="The mention as the article prints it.")],
    db: DatabaseUrl,
    *,
    nth: Annotated[int | None, typer.Option(min=1, help="Only the nth of them; without it all.")] = None,
    why: Why = None,
    by: By = None,
    dry_run: DryRun = False,
) -> None:
    """Say that what an article's mentions of these words name is no entity.

    Example: kb curate reject-mention kabar-0012 "Senin"
    """
    with deciding(db, dry_run=dry_run) as connection:
        arguments = query.mentions_meant(connection, ref, text, nth)
        _decide(connection, Verb.REJECT_MENTION, arguments, by=by, why=why)


@curate_app.command("reject-quote")
def reject_quote(
    ref: Ref, quote: Said, db: DatabaseUrl, *, why: Why = None, by: By = None, dry_run: DryRun = False
) -> None:
    """Say that something is no quote.

    Example: kb curate reject-quote kabar-0012 "#3"
    """
    with deciding(db, dry_run=dry_run) as connection:
        _, place = query.quote_meant(connection, ref, quote)
        _decide(connection, Verb.REJECT_QUOTE, place, by=by, why=why)


@curate_app.command("set-speaker")
def set_speaker(
    ref: Ref,
    quote: Said,
    db: DatabaseUrl,
    name: Annotated[str | None, typer.Argument(help="Who said it: a uid or a name.")] = None,
    *,
    nobody: Annotated[bool, typer.Option("--nobody", help="Nobody can tell who said it.")] = False,
    why: Why = None,
    by: By = None,
    dry_run: DryRun = False,
) -> None:
    """Say who said something.

    Example: kb curate set-speaker kabar-0012 "#3" "Ratna Wiyasa"
    """
    if (name is None) is not nobody:
        raise typer.BadParameter("name who said it, or say --nobody")
    with deciding(db, dry_run=dry_run) as connection:
        speaker = query.entity_meant(connection, name) if name else None
        _, place = query.quote_meant(connection, ref, quote)
        arguments = {**place, "speaker": speaker and _known(speaker)}
        _decide(connection, Verb.SET_SPEAKER, arguments, by=by, why=why, about=(speaker,) if speaker else ())


@curate_app.command()
def undo(
    decision: Annotated[str, typer.Argument(metavar="ID", help="A decision, as `kb curate log` lists it.")],
    db: DatabaseUrl,
    *,
    why: Why = None,
    by: By = None,
    dry_run: DryRun = False,
) -> None:
    """Take a decision back, exactly. An undo can be undone too.

    Example: kb curate undo 3f2a91bc04d7e85a
    """
    with deciding(db, dry_run=dry_run) as connection:
        _decide(connection, Verb.UNDO, {"decision": decision}, by=by, why=why)


@curate_app.command()
def log(
    db: DatabaseUrl,
    state: Annotated[State | None, typer.Option(help="Only decisions of which this has become.")] = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """List all decisions, the oldest first, with what has become of each.

    Example: kb curate log --state orphaned
    """
    with asking(db) as connection:
        rows = [row for row in curation.find_states(connection) if state in (None, row.state)]
    if format == Format.TABLE:
        decided.show_log(open_page(), rows)
    else:
        write_rows(map(decided.log_record, rows), format, row_type=decided.LogRecord)


@curate_app.command("export")
def export_log(
    db: DatabaseUrl,
    out: Annotated[
        typer.FileTextWrite, typer.Option(encoding="utf-8", atomic=True, metavar="FILE", help="Write here.")
    ] = "-",  # type: ignore[assignment]  # typer opens it
) -> None:
    """Write all decisions as JSON Lines, for another base or for safe keeping.

    Example: kb curate export --out decisions.jsonl
    """
    with asking(db, for_long=True) as connection:
        out.writelines(f"{line}\n" for line in curation.export_decisions(connection))


@curate_app.command("import")
def import_log(
    file: Annotated[typer.FileText, typer.Argument(encoding="utf-8", metavar="FILE", help="A log, or - .")],
    db: DatabaseUrl,
    dry_run: DryRun = False,
) -> None:
    """Take over decisions that were exported; those that the base has already are left as they are.

    Example: kb curate import decisions.jsonl
    """
    with deciding(db, dry_run=dry_run) as connection:
        n_new = curation.import_decisions(connection, file.read().split("\n"), subject=file.name)
        misfits = [row for row in curation.find_states(connection) if row.state in _MISFITS]
    show(open_page(), f"{counted(n_new, 'decision')} taken over{_misfits(len(misfits))}")


_MISFITS = (State.CONFLICT, State.ORPHANED)


def _misfits(n: int) -> str:
    return f"; {n} of the log not applied: kb curate log shows why" if n else ""


def _decide(
    connection: Connection,
    verb: Verb,
    arguments: Mapping[str, Any],
    *,
    by: str | None,
    why: str | None,
    about: tuple[EntityRow | str, ...] = (),
) -> None:
    """Make a decision and say what the entities that it is `about` (rows, or a new one's uid) have come to."""
    decision = curation.decide(connection, verb, arguments, by=by or author(), why=why)
    page = open_page()
    decided.show_decision(page, decision)
    for one in about:
        uid = one if isinstance(one, str) else one.uid
        decided.show_change(page, None if isinstance(one, str) else one, query.entity_of(connection, uid))


def _known(row: EntityRow) -> dict[str, str]:
    return {"uid": row.uid, "type": row.type, "name": row.name}


def author() -> str:
    """Return the user's name; a process of no known user is called by its number."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"
