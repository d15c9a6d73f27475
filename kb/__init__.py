"""A knowledge base of named entities and quotes from Indonesian news."""

__version__ = "0.1.0"
