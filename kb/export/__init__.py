"""Answers to files and streams: from an iterator of rows, one of them in memory at a time; knows no table.

write_jsonl, write_json, write_csv     rows that are frozen dataclasses, or mappings, as text
write_sections                         records by section and name, as one JSON object
write_parquet                          rows in columns with types (needs pyarrow)
write_file, write_stream               any of these, counted and hashed, a file with a manifest beside it
"""

from typing import TYPE_CHECKING

from kb.lazily import find_lazily

if TYPE_CHECKING:
    from kb.export.files import Written, manifest_bytes, manifest_path_of, write_file, write_stream
    from kb.export.parquet import write_parquet
    from kb.export.rows import (
        field_names,
        record_of,
        write_csv,
        write_json,
        write_jsonl,
        write_sections,
    )

__getattr__ = find_lazily(
    __name__,
    {
        "files": "Written manifest_bytes manifest_path_of write_file write_stream",
        "parquet": "write_parquet",
        "rows": "field_names record_of write_csv write_json write_jsonl write_sections",
    },
)

__all__ = [
    "Written",
    "field_names",
    "manifest_bytes",
    "manifest_path_of",
    "record_of",
    "write_csv",
    "write_file",
    "write_json",
    "write_jsonl",
    "write_parquet",
    "write_sections",
    "write_stream",
]
