"""What a PDF says: its text, as a reader's program finds it."""

import pypdfium2


def text_of(content: bytes) -> str:
    """Give the text of all pages."""
    with pypdfium2.PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
