"""Called by schema_test.sh: DATA FIXTURES."""

import json
import pathlib
import re
import sys

import jsonschema
import yaml

data, fixtures = (pathlib.Path(p) for p in sys.argv[1:3])
FOLDERS = {"banks": "bank", "rubrics": "rubric", "principles": "principles", "loops": "loop", "templates": "template",
           "plans": "plan", "decks": "deck", "rules": "rule", "words": "words"}
FIRST_KEYS = {"lexicon": "words"}  # where it is not the name of the schema
TYPES = {"text": {"string"}, "id": {"string"}, "flag": {"boolean"}, "integer": {"integer"}, "number": {"number"}, "texts": {"array"},
         "ids": {"array"}, "words": {"array"}, "records": {"array"}, "mapping": {"object"}, "dictionary": {"object"}}
counts = {"passed": 0, "failed": 0}


def check(good, what):
    counts["passed" if good else "failed"] += 1
    if not good:
        print("FAILED", what)


class Loader(yaml.SafeLoader):
    """YAML as an editor reads it: dates stay text, yes and no too."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rows if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))

schemas = {}
for name in FOLDERS.values():
    schemas[name] = json.loads((data / "schema" / f"{name}.schema.json").read_text())
    jsonschema.Draft7Validator.check_schema(schemas[name])
validators = {name: jsonschema.Draft7Validator(schema) for name, schema in schemas.items()}


def problems(name, path):
    loaded = yaml.load(path.read_text(), Loader)
    return [f"{path}: {'/'.join(map(str, e.absolute_path))}: {e.message[:160]}" for e in validators[name].iter_errors(loaded)]


def resolve(schema, root):
    while "$ref" in schema or "allOf" in schema and "properties" not in schema:
        schema = root["definitions"][schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema["allOf"][0]
    return schema


def paths(schema, root, prefix):
    """Every key below an object: its path, its own schema, and whether it is required."""
    for key, value in schema.get("properties", {}).items():
        value = resolve(value, root)
        path = f"{prefix}.{key}"
        yield path, value, key in schema.get("required", ())
        inner = resolve(value.get("items", value), root)
        if isinstance(inner, dict):
            yield from paths(inner, root, path)
        any_key = value.get("additionalProperties")
        if isinstance(any_key, dict):
            yield from paths(resolve(any_key, root), root, path + ".*")


def shipped_files():
    for folder, name in FOLDERS.items():
        files = sorted((data / folder).glob("*.yaml"))
        check(files, f"data/{folder} holds YAML")
        for path in files:
            first = path.read_text().split("\n", 1)[0]
            check(first == f"# yaml-language-server: $schema=../schema/{name}.schema.json", f"{path}: editor modeline")
            found = problems(name, path)
            check(not found, "\n  ".join(found))


def schema_of(loaded):
    first = next(iter(loaded))
    first = FIRST_KEYS.get(first, first)
    return first if first in schemas else "bank"


def fixture_files():
    for path in sorted((fixtures / "yaml" / "accept").glob("*.yaml")):
        name = schema_of(yaml.load(path.read_text(), Loader))
        found = problems(name, path)
        check(not found, "\n  ".join(found))
    for path in sorted((fixtures / "yaml" / "refuse").glob("*.yaml")):
        text = path.read_text()
        if "# beyond the schema\n" in text:
            continue
        try:
            check(problems(schema_of(yaml.load(text, Loader)), path), f"{path}: the schema should refuse it")
        except yaml.YAMLError:
            check(True, path)


def reader_tables():
    in_tables = {}
    for line in (fixtures / "yaml" / "keys.txt").read_text().splitlines():
        path, kind, rest = (line + "  ").split(" ", 2)
        in_tables[path] = (kind, rest.split())
    in_schemas = {path: (value, required) for name, schema in schemas.items()
                  for path, value, required in paths(schema, schema, name)}
    for path in sorted(set(in_tables) ^ set(in_schemas)):
        check(False, f"{path} is only in " + ("the reader" if path in in_tables else "the schema"))
    for path in sorted(set(in_tables) & set(in_schemas)):
        compare(path, *in_tables[path], *in_schemas[path])
    conditions(in_tables)


def compare(path, kind, words, value, required):
    check(required == ("required" in words), f"{path}: required in one of reader and schema only")
    if kind.startswith("words="):
        check(value["items"].get("enum") == kind[6:].split(","), f"{path}: {kind} against {value['items'].get('enum')}")
        kind = "words"
    if kind.startswith("word="):
        check(value.get("enum") == kind[5:].split(","), f"{path}: {kind} against {value.get('enum')}")
        return
    given = value.get("type")
    check(TYPES[kind] <= ({given} if isinstance(given, str) else set(given)), f"{path}: {kind} against {given}")
    limits = re.fullmatch(r"(-?\d+)\.\.(-?\d+)", words[0]) if words else None
    if limits:
        names = {"integer": ("minimum", "maximum"), "number": ("minimum", "maximum"), "text": ("minLength", "maxLength")}.get(kind, ("minItems", "maxItems"))
        ours = [int(n) for n in limits.groups()]
        check(ours == [value.get(n) for n in names], f"{path}: limits {ours} against {[value.get(n) for n in names]}")


def conditions(in_tables):
    """Keys that only some variants of a record have, and keys that some must have."""
    item = schemas["bank"]["properties"]["items"]["items"]
    condition = schemas["plan"]["properties"]["items"]["items"]["properties"]["when"]["items"]
    for prefix, record, word in (("bank.items.", item, "kind"), ("plan.items.when.", condition, "count")):
        for path, (_, words) in in_tables.items():
            key = path.removeprefix(prefix)
            if key != path and "." not in key:
                compare_variants(path, key, words, record, word)


def compare_variants(path, key, words, record, word):
    variants = record["properties"][word]["enum"]
    only = words[words.index("of") + 1:] if "of" in words else variants
    needed = words[words.index("required-in") + 1:] if "required-in" in words else []
    needed = needed[:needed.index("of")] if "of" in needed else needed
    for variant in variants:
        rules = [c["then"] for c in record["allOf"]
                 if variant in (lambda k: k.get("enum", [k.get("const")]))(c["if"]["properties"][word])]
        banned = any(r.get("properties", {}).get(key) is False for r in rules)
        check(banned == (variant not in only), f"{path}: of {variant} in one of reader and schema only")
        must = any(key in r.get("required", ()) for r in rules)
        check(must == (variant in needed) or key == "family", f"{path}: required of {variant} in one only")


shipped_files()
fixture_files()
reader_tables()
print(f"{counts['passed']} passed, {counts['failed']} failed")
sys.exit(counts["failed"] > 0)
