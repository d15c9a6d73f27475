"""The way of an article, in the order in which it goes; `kb.pipeline` puts it together.

sources    what there is to read, found
known      what of it need not be read again
readers    where bytes are read
identity   which article of the base a text is
workers    where articles are annotated
guard      what a feed may lose
saving     what is made is saved and linked, whole
taking     all of these, a batch at a time
redoing    the same for texts that another pipeline annotated
run        the call of a command around it: lock, ledger, failures
"""
