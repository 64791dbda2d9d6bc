"""Rules of the field: plain values in, plain values out, no screen and no database."""
