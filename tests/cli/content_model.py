"""The shipped content as Python sees it: read by another reader than the program's, with nothing taken for granted."""

import math
import pathlib
import re
from types import SimpleNamespace

import yaml

CASE_FAMILIES = ("product-sense", "strategy", "metrics", "prioritisation", "estimation", "technical", "working-backwards")
FLAWS = ("we-fog", "blame", "no-number", "tech-metric-only", "solution-first", "implementation-heavy", "vague-claim", "hedging",
         "no-result", "no-decision", "escape-narrative", "rambling", "jargon", "naked-number", "project-plan", "no-learning",
         "hypothetical")
RUBRIC_OF = {"general": "behavioural", "failure": "behavioural", "why-pm": "why-pm", "role": "why-pm"}


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML as the program reads it: dates stay text, yes and no too."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rows if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def load(data):
    """Every file of the data folder; items know their bank, file and key."""
    content = SimpleNamespace(files={}, items=[], rubrics={}, loops={}, templates={}, plans={}, principles=[])
    for folder in ("banks", "rubrics", "principles", "loops", "templates", "plans"):
        for path in sorted((pathlib.Path(data) / folder).glob("*.yaml")):
            content.files[f"{folder}/{path.name}"] = yaml.load(path.read_text(), Loader)
    for name, file in content.files.items():
        if name.startswith("banks/"):
            for item in file["items"]:
                item.update(bank=file["bank"], file=name, key=f"{file['bank']}/{item['id']}", mark=item.get("source", file.get("source")))
                content.items.append(item)
        elif name.startswith("principles/"):
            content.principles += file["items"]
        else:
            kind = next(iter(file))
            getattr(content, kind + "s").setdefault(file[kind], file)
    return content


def of_kind(content, kind):
    return [i for i in content.items if i["kind"] == kind]


def principles_of(item):
    return [item["principle"]] if "principle" in item else item.get("principles", [])


def main_principle(item):
    return next(iter(principles_of(item)), "")


def sides(content):
    return [(i, side, i[side]) for i in of_kind(content, "pair") for side in ("bad", "good")]


def labelled(content):
    """Every labelled answer: the two sides of the pairs and the single ones."""
    return sides(content) + [(i, "answer", i["answer"]) for i in of_kind(content, "answer")]


def folded(text):
    return " ".join(str(text).split())


def words(text):
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", str(text).lower())


def numbers(text):
    """What a reader counts as figures: 1,250 and 3.5 are one each."""
    return re.findall(r"\d[\d.,]*", str(text))


def sentences(text):
    return re.split(r"(?<=[.!?])[\"'”’)]*\s+", folded(text))


def shingles(text, size=3):
    w = words(text)
    return {tuple(w[i:i + size]) for i in range(max(1, len(w) - size + 1))}


def value_of(expression):
    """The expressions of include/pmprep/bank/compute.h, computed a second time."""
    def z(p1, p2, n):
        mean = (p1 + p2) / 2
        return abs(p1 - p2) / math.sqrt(2 * mean * (1 - mean) / n)

    names = {"sqrt": math.sqrt, "pow": math.pow, "z": z, "p": lambda p1, p2, n: math.erfc(z(p1, p2, n) / math.sqrt(2)),
             "n": lambda p, d: 2 * (1.96 + 0.84) ** 2 * p * (1 - p) / d ** 2}
    if not re.fullmatch(r"[\d\s.,+*/()a-z-]+", expression):
        raise ValueError(expression)
    return eval(expression, {"__builtins__": {}}, names)


def claims_of(compute):
    """The claims of a compute as (expression, figure as written)."""
    return [tuple(part.strip() for part in claim.split("=")) for claim in str(compute).split(";")]


def precision(figure):
    """The place of the last digit that says something: 1 for 300 people counted, 100 for "about 11,500", 0.1 for 3.5."""
    plain = figure.replace(",", "").rstrip(".")
    if "." in plain:
        return 10.0 ** -len(plain.split(".")[1])
    return 10.0 ** (len(plain) - len(plain.rstrip("0"))) if plain.strip("0") else 1.0


def shows(text, value):
    """Is the value among the figures of the text, rounded as the text rounds it?"""
    for figure in numbers(text):
        given = float(figure.replace(",", "").rstrip("."))
        if abs(given - abs(value)) <= precision(figure) / 2 + 1e-9:
            return True
    return False


TEXTLESS = {"id", "kind", "family", "principle", "principles", "flaw", "bank", "was", "compute", "from", "source", "template", "loop",
            "checks", "families", "probe-style", "decides", "scale", "asks", "with", "kinds", "each", "different", "count", "rubric",
            "dimension", "query", "file", "key", "mark", "plan"}


def texts(node, place):
    """Every text that a person reads, with where it stands."""
    if isinstance(node, dict):
        place = f"{place} {node['id']}" if "id" in node else place
        for key, value in node.items():
            if key not in TEXTLESS:
                yield from texts(value, place)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value, place)
    elif isinstance(node, str):
        yield place, node
