"""The API's description as OpenAPI 3.1, written from the declarations by which it serves."""

from collections.abc import Mapping
from typing import TypeAlias

from ctai.domain.looking_back import PARAMETER
from ctai.files.code_lists import CODE_LISTS
from ctai.files.lists import LISTS, Listing
from ctai.i18n import mark, translate
from ctai.server import problems
from ctai.server.api_asks import AFTER, LANG, LIMIT, PARAMETERS, names_of

Json: TypeAlias = "Mapping[str, object]"
ABOUT = mark(
    "The lists of ctai, to read. Each token reads as far as its owner may see. Make one on the "
    "page “Your account”, and send it as the bearer, or as the password of HTTP Basic."
)
BY_NUMBER = mark("A saved view, with the filters it was kept with")
FORMS = {
    "": ("application/json", "text/csv"),
    ".json": ("application/json",),
    ".csv": ("text/csv",),
}
ONE_LIST = "codelists/country"
"""Every code list has its columns."""
_PROBLEMS = ("400", "401", "403", "404", "406", "429")


def document(lang: str) -> Json:
    """Describe every list, its parameters and its columns, in a language."""
    described = {name: one for name, one in LISTS.items() if not name.startswith("codelists/")}
    paths = {}
    for ending, types in FORMS.items():
        for name, listing in described.items():
            parameters = [_parameter(one, lang) for one in names_of(listing)]
            title = translate(lang, listing.title)
            answers = _answers(types, name)
            paths[f"/{name}{ending}"] = _operation(title, parameters, answers)
        codes = LISTS[ONE_LIST]
        parameters = [_in_path("list", {"type": "string", "enum": list(CODE_LISTS)})]
        parameters += [_parameter(one, lang) for one in names_of(codes)]
        answers = _answers(types, "codelists")
        paths[f"/codelists/{{list}}{ending}"] = _operation(
            translate(lang, codes.title), parameters, answers
        )
        parameters = [_in_path("number", {"type": "integer", "minimum": 1})]
        parameters += [_parameter(one, lang) for one in (PARAMETER, LANG, LIMIT, AFTER)]
        paths[f"/views/{{number}}{ending}"] = _operation(
            translate(lang, BY_NUMBER), parameters, _answers(types, "view")
        )
    return {
        "openapi": "3.1.0",
        "info": {"title": "ctai", "version": "1", "description": translate(lang, ABOUT)},
        "servers": [{"url": "."}],
        "security": [{"bearer": []}, {"basic": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "basic": {"type": "http", "scheme": "basic"},
            },
            "schemas": {
                **{name: _page_schema(listing) for name, listing in described.items()},
                "codelists": _page_schema(LISTS[ONE_LIST]),
                "view": {"anyOf": [_ref(name) for name in described]},
                "problem": _PROBLEM,
            },
        },
    }


def _operation(title: str, parameters: list[Json], answers: Json) -> Json:
    return {"get": {"summary": title, "parameters": parameters, "responses": answers}}


def _parameter(name: str, lang: str) -> Json:
    one = PARAMETERS[name]
    told = {"name": name, "in": "query", "description": translate(lang, one.summary)}
    if not one.is_many:
        return {**told, "schema": one.schema}
    many = {"type": "array", "items": one.schema, "minItems": 1}
    return {**told, "schema": many, "style": "form", "explode": False}


def _in_path(name: str, schema: Json) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _answers(types: tuple[str, ...], name: str) -> Json:
    schemas = {"application/json": _ref(name), "text/csv": {"type": "string"}}
    headers = {
        "ETag": {"schema": {"type": "string"}},
        "X-Total-Count": {"schema": {"type": "integer"}},
        "Link": {"schema": {"type": "string"}},
    }
    good = {
        "description": "OK",
        "headers": headers,
        "content": {kind: {"schema": schemas[kind]} for kind in types},
    }
    problem = {"content": {problems.MEDIA_TYPE: {"schema": _ref("problem")}}}
    return {
        "200": good,
        "304": {"description": "Not Modified"},
        **{code: {"description": "Problem", **problem} for code in _PROBLEMS},
    }


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _page_schema(listing: Listing) -> Json:
    return {
        "type": "object",
        "properties": {
            "total": {"type": "integer"},
            "next": {"type": ["string", "null"]},
            "data": {"type": "array", "items": _row_schema(listing)},
        },
        "required": ["total", "next", "data"],
        "additionalProperties": False,
    }


def _row_schema(listing: Listing) -> Json:
    properties = {name: {"type": [_type(listing, name), "null"]} for name in listing.headers}
    return {
        "type": "object",
        "properties": properties,
        "required": list(listing.headers),
        "additionalProperties": False,
    }


def _type(listing: Listing, header: str) -> str:
    if header in listing.figures:
        return "number"
    return "boolean" if header in listing.truths else "string"


_PROBLEM: Json = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"parameter": {"type": "string"}, "detail": {"type": "string"}},
                "required": ["parameter", "detail"],
            },
        },
    },
    "required": ["type", "title", "status", "detail", "errors"],
}
