"""The institution in plain Python: no Django, no clock, no database, no sentences."""
