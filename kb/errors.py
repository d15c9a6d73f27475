"""Every error that kb raises on purpose.

KbError                  one line for the user: ``subject: what; how to mend``
├── InputError           an input that cannot be read as an article
│   ├── EmptyInput
│   ├── BinaryInput
│   ├── BadEncoding
│   ├── BadRecord        half a JSON line, a record without text
│   ├── BadPage          HTML that cannot be taken apart
│   ├── BadFeed          what should be a feed and is none
│   ├── BadArchive       a WARC file, or a record in it, that is damaged
│   ├── UnreadableInput
│   ├── TooLarge
│   ├── NotIndonesian
│   └── Forgotten        an article that was erased for good
├── LossGuard            a feed would lose too many of its quotes
├── FetchError           an address that could not be fetched
│   ├── FetchRefused     kb does not fetch it: private, forbidden by robots.txt, no http
│   ├── FetchFailed      the host did not give it
│   └── FetchTooLarge
├── BadAnnotation        a span that does not fit the body it is stored with
├── BadSeeds             a seed file that is broken or contradicts itself
├── BadSearch            a search that asks for nothing, or for too much
├── BadDecision          a decision that contradicts another one or is about nothing in the base
├── ModelMissing         a model file that the package should carry is not there, or not loadable
├── DatabaseProblem      the database cannot be used
│   ├── NoDatabase       nothing there to ask
│   ├── AnotherRun       a run is at work in it
│   └── SchemaMismatch   the database and the program are of different versions
├── BadQuestion          a question that has no such filter, or about what there is not
├── BadStatement         SQL that the engine refuses, or that fails in it
│   └── OutOfTime        it took longer than it may
├── NotInstalled         an optional library that this needs is not there
└── NotFound             a name, article or entity that the base does not have
"""

from __future__ import annotations

from datetime import datetime


class KbError(Exception):
    """Root of the tree. `subject` is what it is about (a path, a URL, a name), `mend` how to put it right."""

    def __init__(self, subject: str, what: str, mend: str | None = None) -> None:
        self.subject, self.what, self.mend = subject, what, mend
        super().__init__(f"{subject}: {what}" + (f"; {mend}" if mend else ""))


class InputError(KbError):
    """An input that cannot be read as an article."""

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str | None]]:
        """Let an error travel between processes: its arguments are not its message."""
        return type(self), (self.subject, self.what, self.mend)


class EmptyInput(InputError):
    """Nothing there, or nothing left once furniture is taken away."""


class BinaryInput(InputError):
    """Bytes that are no text."""


class BadEncoding(InputError):
    """Text that is not UTF-8."""


class BadRecord(InputError):
    """A JSONL line that is no record, or a record without a text."""


class BadPage(InputError):
    """HTML that cannot be taken apart."""


class BadFeed(InputError):
    """What should be a feed is none."""


class BadArchive(InputError):
    """A WARC file, or a record in it, is damaged."""


class UnreadableInput(InputError):
    """The operating system does not let us read it."""


class TooLarge(InputError):
    """Larger than an article can be."""


class NotIndonesian(InputError):
    """Written in another language."""


class Forgotten(InputError):
    """An article that was erased for good and must not come in again."""


class LossGuard(KbError):
    """A feed would lose more than a tenth of its quotes: nothing more is committed for it."""


class FetchError(KbError):
    """An address could not be fetched; `subject` is the address as asked, without a password."""


class FetchRefused(FetchError):
    """We do not fetch it: its robots.txt forbids it, its host is private, it is no http or https."""


class FetchFailed(FetchError):
    """The host did not give it, or not whole.

    `status` is its HTTP status, None where it came to none; `retry_at` (aware UTC) when it wants to be asked again,
    None where it did not say.
    """

    def __init__(
        self, subject: str, what: str, *, status: int | None = None, retry_at: datetime | None = None
    ) -> None:
        self.status, self.retry_at = status, retry_at
        super().__init__(subject, what)


class FetchTooLarge(FetchError):
    """Larger than what is taken from a host."""


class BadAnnotation(KbError):
    """An annotation does not fit the body it is stored with."""


class BadSeeds(KbError):
    """A seed file is broken, or one name in it stands for two entities of one type."""


class BadSearch(KbError):
    """A search has no word that is to be found, or too many."""


class BadDecision(KbError):
    """A decision contradicts an earlier one, is about nothing in the base, or is none."""


class ModelMissing(KbError):
    """A model file is not there or does not load."""


class DatabaseProblem(KbError):
    """The database cannot be used."""


class NoDatabase(DatabaseProblem):
    """There is no database at that address."""


class AnotherRun(DatabaseProblem):
    """Another process is writing a run into the base."""


class SchemaMismatch(DatabaseProblem):
    """The database's schema is not the one this program works with."""


class BadQuestion(KbError):
    """A question does not have such a filter, or there are no such rows to ask for."""


class BadStatement(KbError):
    """The engine refuses a statement, or it fails in it; `subject` says where in it, as far as the engine does."""


class OutOfTime(BadStatement):
    """The engine worked on a statement for longer than it may."""


class NotInstalled(KbError):
    """An optional library that this needs is not installed; `mend` is the command that installs it."""


class NotFound(KbError):
    """The base does not have it."""
