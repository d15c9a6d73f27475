"""The views: what researchers ask, and what stays as it is while the tables below change.

The contract: within a major number a column keeps its name, type and meaning; columns may be added, at a view's end,
and views may be added, which raises the minor number. Whoever changes a view here writes a migration
(`kb.store.views.frozen`) and `CONTRACT`.
"""

from kb.store.views.articles import ARTICLE_VIEWS
from kb.store.views.contract import CONTRACT, contract_view
from kb.store.views.entities import ENTITY_VIEWS
from kb.store.views.ledger import LEDGER_VIEWS
from kb.store.views.quotes import QUOTE_VIEWS
from kb.store.views.view import TYPES, View, ViewColumn

__all__ = ["CONTRACT", "TYPES", "VIEWS", "View", "ViewColumn"]

VIEWS: tuple[View, ...] = (*QUOTE_VIEWS, *ENTITY_VIEWS, *ARTICLE_VIEWS, *LEDGER_VIEWS, contract_view())
"""All views, in the order in which `docs/schema.md` has them."""
