"""Pictures worth printing, as SVG: bars over time, ties around somebody. The only place that imports matplotlib.

frame      the page that all share: title, source, palette, and how it is written
timeline   bars over time
network    ties around somebody

Letters are drawn as paths: a label must take the room that was measured for it, whatever fonts a reader has; the words
stand in the file's metadata. The same rows make the same bytes: no date, no chance in the names of its parts.
"""
