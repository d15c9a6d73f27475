"""The newest quotes of a person, with nothing but Python's own sqlite3: ``bare.py FILE NAME``."""

import sqlite3
import sys

QUERY = """
SELECT report.published_on, outlet.name, quote.kind, quote.cue_text, quote.text, article.ref, revision.title
FROM report
JOIN quote ON quote.id = report.quote_id
JOIN article ON article.id = report.article_id
JOIN revision ON revision.article_id = article.id AND revision.is_current
LEFT JOIN outlet ON outlet.id = report.outlet_id
WHERE report.entity_id IN (SELECT entity_id FROM alias WHERE name_key = :name)
ORDER BY report.published_on DESC, report.published_at DESC
LIMIT 20
"""

if __name__ == "__main__":
    path, name = sys.argv[1:]
    for row in sqlite3.connect(path).execute(QUERY, {"name": name.lower()}):
        print(" · ".join(map(str, row)))
