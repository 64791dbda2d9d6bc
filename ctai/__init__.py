"""ctai: the information system of an integrated counter-terrorism assistance initiative."""
