"""Pictures: a frame in, a chart or a map out; nothing is shown here."""
