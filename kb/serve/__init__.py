"""The base as a read-only web page: Datasette serves it, kb adds pages to read.

    site      the Datasette of one base: settings, what its views are called, templates
    base      its connections: read-only by the engine, what is closed reads as NULL, questions limited in time
    plugin    what is hooked into Datasette: pages, errors, permissions, links in cells
    pages     a question to `kb.query` each, shown by a template of ``templates/``
    passages  texts cut where something in them is marked; chart  the columns of a small diagram
    guard     what goes around all of it: methods, host names, headers
    server    a socket and the server on it, until somebody stops it

Everything is in the package: nothing is asked of another host, and no page holds a script.
"""
