"""The catalogues' keeper: `python -m ctai.i18n.messages` collects sentences and judges them.

Without options it rewrites every ctai.po from the sources: new sentences enter untranslated,
translations stay, sentences no longer used go. With --check it writes nothing and exits 1.
"""

import argparse
import ast
from collections.abc import Iterator, Sequence
from gettext import c2py
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

from ctai.i18n.catalogue import PLACE, po_file
from ctai.i18n.languages import LANGUAGES, locale_of

ROOT = Path(__file__).parents[2]

KEYWORDS: dict[str, tuple[int, ...]] = {
    "t": (1,),
    "tn": (1, 2),
    "mark": (1,),
    "say": (1,),
    "Fault": (1,),
    "Reason": (1,),
    "SettingsUnusable": (1,),
    "unknown": (4,),
    "translate": (2,),
    "translate_plural": (2, 3),
}
"""Per function, which of its arguments are English sentences."""

# Babel numbers the last two Arabic forms the other way round than gettext and every PO editor.
_ARABIC = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
    "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
)

_HEADER = """\
# Sentences of ctai in {language}. Collected by `python -m ctai.i18n.messages`; fill in msgstr.
msgid ""
msgstr ""
"Language: {lang}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def sources(root: Path = ROOT) -> list[Path]:
    """The Python files whose sentences someone reads."""
    rooms = [*root.glob("pages/**/*.py"), *root.glob("ctai/**/*.py")]
    return sorted(path for path in (root / "app.py", *rooms) if path.is_file())


def extracted(root: Path = ROOT) -> Catalog:
    """Every English sentence of the sources, without translation."""
    template = Catalog()
    for path in sources(root):
        found = extract_from_file("python", path, KEYWORDS, comment_tags=["i18n:"])
        for _, sentence, comments, _ in found:
            template.add(sentence, auto_comments=comments)
    return template


def glued(root: Path = ROOT) -> list[str]:
    """Calls whose sentence is computed, so that it cannot be collected, as "file:line: call"."""
    return [
        f"{path.relative_to(root).as_posix()}:{call.lineno}: {ast.unparse(call)}"
        for path in sources(root)
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and any(
            isinstance(call.args[place - 1], ast.JoinedStr | ast.BinOp)
            for place in KEYWORDS.get(_called(call), ())
            if place <= len(call.args)
        )
    ]


def committed(lang: str) -> Catalog:
    """The catalogue of a language as it lies in the tree; empty where there is none yet."""
    if not po_file(lang).exists():
        return Catalog()
    with po_file(lang).open("rb") as file:
        return read_po(file, locale=lang)


def merged(lang: str, translations: Catalog, template: Catalog) -> Catalog:
    """The template's sentences with the language's translations that still fit them."""
    result = read_po(BytesIO(_header(lang)), locale=lang)
    for message in _sentences(template):
        old = translations.get(_key(message))
        kept = old if old is not None and old.id == message.id else None
        result.add(
            message.id,
            kept.string if kept else _untranslated(message, result.num_plurals),
            flags={"fuzzy"} & set(kept.flags) if kept else (),
            auto_comments=message.auto_comments,
            user_comments=kept.user_comments if kept else (),
        )
    return result


def written(lang: str, catalogue: Catalog) -> bytes:
    """The catalogue as a PO file: sorted, without dates or line numbers, so equal if unchanged."""
    body = BytesIO()
    write_po(body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    return _header(lang) + body.getvalue()


def faults(lang: str, catalogue: Catalog) -> Iterator[str]:
    """What keeps a catalogue from being used, one line per fault."""
    for message in _sentences(catalogue):
        asked = _texts(message.id)
        strings = _texts(message.string)
        forms = _single_number_forms(lang) if message.pluralizable else [False]
        if len(strings) != len(forms) or not all(strings):
            yield f"{lang}: not translated: {asked[0]}"
            continue
        if message.fuzzy:
            yield f"{lang}: fuzzy: {asked[0]}"
        places = {place for text in asked for place in PLACE.findall(text)}
        for string, single in zip(strings, forms, strict=True):
            if (set(PLACE.findall(string)) ^ places) - ({"n"} if single else set()):
                yield f"{lang}: other places than in the English: {asked[0]} → {string}"


def plural_forms(lang: str) -> str:
    """The Plural-Forms header of a language, in gettext's notation."""
    return _ARABIC if lang == "ar" else f"{get_plural(lang)};".replace(";;", ";")


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Rewrite or check every catalogue; 0 if the check finds nothing, else 1."""
    parser = argparse.ArgumentParser(prog="python -m ctai.i18n.messages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on any fault")
    check = parser.parse_args(arguments).check
    template = extracted(root)
    found = [f"not collectable, whole sentences only: {call}" for call in glued(root)]
    for lang in LANGUAGES[1:]:
        catalogue = merged(lang, committed(lang), template)
        if not check:
            po_file(lang).parent.mkdir(parents=True, exist_ok=True)
            po_file(lang).write_bytes(written(lang, catalogue))
        found += faults(lang, catalogue)
        done = sum(all(_texts(message.string)) for message in _sentences(catalogue))
        print(f"{lang}: {done} of {len(catalogue)} sentences translated")
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if check and found else 0


def _header(lang: str) -> bytes:
    return _HEADER.format(
        language=locale_of(lang).english_name, lang=lang, plural_forms=plural_forms(lang)
    ).encode()


def _untranslated(message: Message, forms: int) -> str | tuple[str, ...]:
    return ("",) * forms if message.pluralizable else ""


def _sentences(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _key(message: Message) -> str:
    return _texts(message.id)[0]


def _texts(sentence: str | Sequence[str] | None) -> tuple[str, ...]:
    return (sentence or "",) if isinstance(sentence, str | None) else tuple(sentence)


def _called(call: ast.Call) -> str:
    name = call.func
    return name.id if isinstance(name, ast.Name) else getattr(name, "attr", "")


def _single_number_forms(lang: str) -> list[bool]:
    """Per plural form, whether it stands for one number only and may say it in words.

    Arabic writes 1 and 2 into the noun; 0 to 1000 shows the period of every form.
    """
    count, _, rule = plural_forms(lang).partition(";")
    form_of = c2py(rule.partition("=")[2].rstrip("; "))
    forms = [form_of(n) for n in range(1001)]
    return [forms.count(form) == 1 for form in range(int(count.partition("=")[2]))]


if __name__ == "__main__":
    raise SystemExit(main())
