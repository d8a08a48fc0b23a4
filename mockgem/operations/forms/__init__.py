"""Replies in the form that a prompt asks for: a label, JSON, code, a table, another language.

`trigger_words.py` decides in a few microseconds whether a request may ask for a form. Only then are
the recognisers loaded: functions with `@form` in the other modules, in the order of `registry.py`.
"""
