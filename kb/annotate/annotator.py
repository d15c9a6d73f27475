"""An annotator: what turns articles into documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kb.annotate.datelines import apply_dateline
from kb.annotate.mentions import find_mentions
from kb.annotate.recurrence import find_names_again, retype_short_names, split_agencies
from kb.annotate.sentences import TaggedToken, make_sentences
from kb.annotate.short_forms import apply_short_forms
from kb.model import Article, Document, Mention

TaggedBody = Sequence[Sequence[TaggedToken]]
"""The tagged tokens of each sentence of a body."""

Tag = Callable[[Sequence[str]], Sequence[TaggedBody]]
"""What tags many bodies at once; what is found in one does not depend on its neighbours."""


@dataclass(frozen=True, slots=True)
class Annotator:
    """What turns articles into documents.

    `packages` maps a package to its version, `models` a model file's name to its sha256.
    """

    tag: Tag
    packages: Mapping[str, str]
    models: Mapping[str, str]

    def annotate(self, articles: Sequence[Article]) -> list[Document]:
        """Return a document for each article, in their order; many at once are tagged in common batches."""
        tagged = self.tag([article.body for article in articles])
        return [_make_document(*pair) for pair in zip(articles, tagged, strict=True)]


def _make_document(article: Article, tagged: TaggedBody) -> Document:
    return Document(
        body=article.body,
        sentences=make_sentences(article.body, tagged),
        mentions=_choose_mentions(article, tagged),
        dateline=article.dateline.span if article.dateline else None,
    )


def _choose_mentions(article: Article, tagged: TaggedBody) -> tuple[Mention, ...]:
    """Return the tagger's mentions, mended by the dateline and by what the whole article says about its names."""
    body = article.body
    mentions = apply_dateline(body, find_mentions(body, tagged), article.dateline)
    return find_names_again(
        body, retype_short_names(body, split_agencies(body, apply_short_forms(body, mentions)))
    )
