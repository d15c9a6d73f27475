"""Make again what derives from other rows, where it is wrong: the mending half of `kb.store.integrity`."""

from __future__ import annotations

from itertools import chain

from sqlalchemy import Connection, bindparam, select, update

from kb.names import fold
from kb.store.integrity import SEARCHED, find_wrongly_folded
from kb.store.reports import (
    find_wrong_counts,
    find_wrong_namings,
    find_wrong_reports,
    make_all,
)
from kb.store.touched import chunks
from kb.store.words import mend_words


def mend_derived(connection: Connection) -> None:
    """Make again what is wrong of what derives from other rows: folded words, full text, reports, namings, open quotes,
    counts.

    What that changes is marked: `kb.linking.relink` is to follow.
    """
    for table in SEARCHED:
        rows = select(table.c.id, table.c.text).where(table.c.id.in_(bindparam("ids", expanding=True)))
        write = update(table).where(table.c.id == bindparam("row")).values(folded=bindparam("words"))
        for part in chunks(list(find_wrongly_folded(connection, table))):
            found = connection.execute(rows, {"ids": list(part)}).tuples()
            connection.execute(write, [{"row": id_, "words": fold(words)} for id_, words in found])
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(
                f"INSERT INTO {table.name}_search ({table.name}_search) VALUES ('rebuild')"
            )
    mend_words(connection)
    wrong = chain(
        find_wrong_reports(connection), find_wrong_namings(connection), find_wrong_counts(connection)
    )
    if any(wrong):
        make_all(connection)
