"""Answers to files and streams: from an iterator of rows, one of them in memory at a time; knows no table.

write_jsonl, write_json, write_csv     rows that are frozen dataclasses, or mappings, as text
write_sections                         records by section and name, as one JSON object
"""

from kb.export.rows import (
    field_names,
    record_of,
    write_csv,
    write_json,
    write_jsonl,
    write_sections,
)

__all__ = [
    "field_names",
    "record_of",
    "write_csv",
    "write_json",
    "write_jsonl",
    "write_sections",
]
