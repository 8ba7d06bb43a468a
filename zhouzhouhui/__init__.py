"""zhouzhouhui (周周会): from a word spoken in the hall to an answer everyone heard."""

__version__ = "0.1.0"
