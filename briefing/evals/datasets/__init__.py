"""Labelled statements in published formats: WiCE, SummEdits, FRANK, and one of our own.

``values`` says what every format is read into, ``formats`` how their records look, ``files`` finds
and reads them in a folder. Nothing here is fetched: the files are the user's.
"""
