"""An annotator: what turns articles into documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kb.annotate.datelines import apply_dateline
from kb.annotate.mentions import find_mentions
from kb.annotate.sentences import TaggedToken, make_sentences
from kb.annotate.short_forms import apply_short_forms
from kb.model import Article, Document

Tag = Callable[[str], Sequence[Sequence[TaggedToken]]]


@dataclass(frozen=True, slots=True)
class Annotator:
    """What turns articles into documents: `tag` gives the tagged tokens of each sentence of a body.

    `packages` maps a package to its version, `models` a model file's name to its sha256.
    """

    tag: Tag
    packages: Mapping[str, str]
    models: Mapping[str, str]

    def annotate(self, articles: Sequence[Article]) -> list[Document]:
        """Return a document for each article, in their order.

        Each body is tagged by itself: what is found in it does not depend on its neighbours.
        """
        return [self._annotate_one(article) for article in articles]

    def _annotate_one(self, article: Article) -> Document:
        tagged = self.tag(article.body)
        mentions = apply_dateline(article.body, find_mentions(article.body, tagged), article.dateline)
        return Document(
            body=article.body,
            sentences=make_sentences(article.body, tagged),
            mentions=apply_short_forms(article.body, mentions),
            dateline=article.dateline.span if article.dateline else None,
        )
