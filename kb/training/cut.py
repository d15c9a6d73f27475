"""Cut training text into words as UD Indonesian does."""

from __future__ import annotations

import re

TOKEN = re.compile(r"\w+(?:[-'’./,]\w+)*|[^\w\s]")
