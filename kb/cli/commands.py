"""The list of all commands: which module of kb.cli has each, and what it does in a line that fits the help.

A command's module is imported when the command is named and not before: most of them need what others do not.
"""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """A command's module in kb.cli, None for a group of commands; its line in the list."""

    module: str | None
    line: str


COMMANDS = {
    "ingest": Command("ingest", "Read articles in, find names and quotes, store all of it."),
    "sync": Command("ingest", "Read all that is due: feeds, pages, folders. For a timer to call."),
    "reingest": Command("ingest", "Annotate again what another pipeline annotated."),
    "runs": Command("ledger", "List the runs, the newest first."),
    "doctor": Command("doctor", "Say whether base, models, runs and feeds are as they should be."),
    "who-said": Command("ask", "Show what somebody is reported as saying: how, when, where."),
    "entities": Command("ask", "List who and what the articles name, the most mentioned first."),
    "entity": Command("ask", "Show what is known of an entity."),
    "quotes": Command("search", "Search in what was said: words, phrases, beginnings."),
    "articles": Command("search", "List articles, the newest first, or search in them."),
    "timeline": Command("looking", "Show how often somebody is quoted and named over time."),
    "network": Command("looking", "Show who is named with somebody, and who of them with whom."),
    "export": Command("export", "Write all quotes, mentions, entities, articles, pairs, origins."),
    "sql": Command("sql", "Answer your own SQL, read-only; tell what there is to ask."),
    "serve": Command("serve", "Show a base as web pages that can only be read."),
    "quote": Command("quote", "Show one quote, on wish with where it comes from."),
    "seed": Command("seed", "Load entities that kb is to know: its own list, or one of yours."),
    "db": Command(None, "Look after the database itself."),
    "db upgrade": Command("database", "Bring the database to this program's schema."),
    "db status": Command("database", "Say which schema the database has."),
    "db copy": Command("moving", "Copy a whole base into an empty one, of either engine."),
    "db backup": Command("moving", "Write the base into one SQLite file, while others write."),
    "db check": Command("checking", "Read the whole base and say what of it is not as it must be."),
    "db stats": Command("checking", "Say how large the base is, and of what."),
    "db reader": Command("reader", "Make the PostgreSQL role that may only ask."),
    "curate": Command(None, "Decide who is who and who said what; nothing decided is lost."),
    "curate queue": Command("curate", "List pairs of entities that may be one."),
    "curate merge": Command("curate", "Say that two entities are one."),
    "curate apart": Command("curate", "Say that two entities are two."),
    "curate split": Command("curate", "Say that some articles mean somebody else of the same name."),
    "curate alias": Command("curate", "Say that an entity goes by another name as well."),
    "curate rename": Command("curate", "Show an entity under another name; its uid stays."),
    "curate retype": Command("curate", "Say that an entity is a person, an organisation or a place."),
    "curate reject-mention": Command("curate", "Say that what an article names so is no entity."),
    "curate reject-quote": Command("curate", "Say that something is no quote."),
    "curate set-speaker": Command("curate", "Say who said something."),
    "curate undo": Command("curate", "Take a decision back, exactly."),
    "curate log": Command("curate", "List all decisions, the oldest first."),
    "curate export": Command("curate", "Write all decisions as JSON Lines."),
    "curate import": Command("curate", "Take over decisions that were exported."),
    "article": Command(None, "Show an article, how it changed, or forget it for good."),
    "article show": Command("article", "Show an article with its mentions and quotes marked."),
    "article history": Command("article", "Show how an article changed: each revision and its quotes."),
    "article diff": Command("article", "Show what differs between two revisions."),
    "article forget": Command("forget", "Erase an article for good, everywhere in the base."),
    "pipeline": Command(None, "See what annotated the texts, and what another would change."),
    "pipeline list": Command("pipelines", "List the pipelines that annotated something here."),
    "pipeline diff": Command("pipelines", "Show in which quotes two pipelines differ."),
    "feed": Command(None, "Say what `kb sync` is to read, and how often."),
    "feed add": Command("feed", "Put feeds, pages, files and folders on the schedule, due at once."),
    "feed list": Command("feed", "List what is on the schedule, and how it goes."),
    "feed remove": Command("feed", "Take feeds off the schedule; what was read from them stays."),
    "feed pause": Command("feed", "Leave feeds out of the schedule for now."),
    "feed resume": Command("feed", "Read feeds again that were paused."),
    "schedule": Command(None, "Let a timer run `kb sync`."),
    "schedule print": Command("schedule", "Print what a timer needs, ready to paste."),
    "failures": Command(None, "See what did not go through, try it again, or let it be."),
    "failures list": Command("failures", "List the inputs that did not go through."),
    "failures show": Command("failures", "Show what went wrong with an input, and how to mend it."),
    "failures retry": Command("failures", "Try again what failed."),
    "failures ignore": Command("failures", "Let failures be: nothing tries them again by itself."),
}
"""By what follows ``kb``, in the order in which the help lists them."""
