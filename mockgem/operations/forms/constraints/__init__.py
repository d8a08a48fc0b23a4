"""Constraints of a text: what it has to contain or avoid, and how it is marked, beside its form.

A prompt such as "Write a letter in lowercase, without commas, and end with 'Bye'" asks for a form,
which a recogniser knows, and for constraints, which hold for any text. Each constraint is a row
with the words that ask for it and the change that fulfils it (`rows`). The recogniser gets the
prompt without them, and its reply is changed step by step (`keeping`).
"""
