"""Called by content_test.sh: DATA WORDS. What the shipped content must have, by count and by quality.

Each check is a function that names what is wrong, and has a defect: a change of the content that it must notice. Both are
tried, so a check that can no longer fail fails here.
"""

import collections
import itertools
import pathlib
import pickle
import subprocess
import sys

from content_model import *

DATA, WORD_LIST = sys.argv[1:3]
NEAR = 0.35     # largest share of three-word shingles that two prompts may have in common; the closest have 0.29
GUESSED = 0.60  # largest share of pairs that "the longer wins" or "the one with more figures wins" may get right
RUN = 8         # words in a row that no two items may share in their answers
checks = []


def check(defect):
    def register(function):
        checks.append((function, defect))
        return function
    return register


def change(content, kind, index=0, **values):
    """A defect in one item. A key given as None is removed."""
    item = of_kind(content, kind)[index]
    for key, value in values.items():
        key = key.replace("_", "-")
        if value is None:
            item.pop(key, None)
        else:
            item[key] = value


def drop(content, wanted):
    content.items = [i for i in content.items if not wanted(i)]


# ---- principles, rubrics

@check(lambda c: c.principles[4]["strong"].pop() and c.principles[4]["strong"].pop())
def principles_are_sixteen_and_complete(c):
    if [p["order"] for p in c.principles] != list(range(1, 17)):
        yield "the sixteen principles stand in their order"
    for p in c.principles:
        missing = [k for k in ("gloss", "as-pm", "as-sde", "tier") if not p.get(k)]
        if missing or len(p["strong"]) not in (3, 4) or len(p["weak"]) != 3 or len(p["probes"]) < 3:
            yield f"{p['id']}: 3-4 strong signals, 3 weak ones, 3 probes and every text: {missing}"


@check(lambda c: c.rubrics["metrics"]["dimensions"][1]["anchors"].__setitem__(3, c.rubrics["metrics"]["dimensions"][1]["anchors"][2]))
def rubrics_have_five_anchors_a_dimension(c):
    for name in ("behavioural", "why-pm") + CASE_FAMILIES:
        dimensions = c.rubrics[name]["dimensions"]
        if any(len(set(d["anchors"])) != 5 for d in dimensions):
            yield f"{name}: five different anchors"
        if name in CASE_FAMILIES and not any("lead" in d["id"] for d in dimensions):
            yield f"{name}: a dimension for leading the talk"
    if not {"scope", "result", "decision"} <= {d["id"] for d in c.rubrics["behavioural"]["dimensions"]}:
        yield "behavioural: scope, decision and result"
    for d in c.rubrics["behavioural"]["dimensions"]:
        if d["id"] in ("scope", "decision", "result") and d["bar"] != {"L5": 3, "L6": 4}:
            yield f"behavioural {d['id']}: the bar is 3 at L5 and 4 at L6"


# ---- questions

@check(lambda c: drop(c, lambda i: i["kind"] == "behavioural" and i is of_kind(c, "behavioural")[0]))
def behavioural_questions_by_tier(c):
    count = collections.Counter(main_principle(i) for i in of_kind(c, "behavioural"))
    if sum(count.values()) < 130:
        yield f"{sum(count.values())} questions, 130 wanted"
    for p in c.principles:
        wanted = {1: 10, 2: 7, 3: 4}[p["tier"]]
        if count[p["id"]] < wanted:
            yield f"{p['id']}: {count[p['id']]} questions, {wanted} wanted"


@check(lambda c: change(c, "behavioural", 7, watch_out=None))
def questions_are_complete(c):
    for i in of_kind(c, "behavioural") + of_kind(c, "transition"):
        missing = [k for k in ("minutes", "title", "look-for", "watch-out", "why-pm") if not i.get(k)]
        if missing or len(i["probes"]) < 4:
            yield f"{i['key']}: {missing}, {len(i['probes'])} probes of 4"


@check(lambda c: [p.pop("flaw", None) for i in of_kind(c, "behavioural")[:20] for p in i["probes"]])
def two_thirds_of_the_probes_answer_a_flaw(c):
    for kind in ("behavioural", "transition", "case"):
        probes = [p for i in of_kind(c, kind) for p in i["probes"]]
        share = sum("flaw" in p for p in probes) / len(probes)
        if not 0.62 <= share <= 0.72:
            yield f"{kind}: {share:.2f} of the probes are keyed to a flaw"
    for i in of_kind(c, "behavioural"):
        if len({"flaw" in p for p in i["probes"]}) != 2:
            yield f"{i['key']}: probes of both sorts"


@check(lambda c: change(c, "case", 3, probes=[{"flaw": "no-numbers", "ask": "How many?"}]))
def the_flaw_of_every_probe_exists(c):
    for i in c.items:
        for p in i.get("probes", ()):
            if p.get("flaw", FLAWS[0]) not in FLAWS:
                yield f"{i['key']}: {p['flaw']}"


def has_set(c, what, number, *needles):
    found = [i for i in of_kind(c, "behavioural") if any(n in (i["id"] + i["title"] + i["prompt"]).lower() for n in needles)]
    if len(found) < number:
        yield f"{len(found)} questions on {what}, {number} wanted"


@check(lambda c: [i.update(family="general") for i in of_kind(c, "behavioural") if i.get("family") == "failure"])
def the_sets_within_the_questions_are_there(c):
    yield from has_set(c, "a feature that was killed", 3, "kill", "stopped", "cancel", "took away", "removed", "gave up", "dropped")
    yield from has_set(c, "dissent, then commitment", 3, "disagree", "lost the argument", "fought", "overruled", "against your", "committed")
    failures = [i for i in of_kind(c, "behavioural") if i.get("family") == "failure"]
    if len(failures) < 10:
        yield f"{len(failures)} failures that were decisions"


@check(lambda c: drop(c, lambda i: i["kind"] == "transition" and i["difficulty"] == 2))
def transition_questions(c):
    if len(of_kind(c, "transition")) < 20:
        yield f"{len(of_kind(c, 'transition'))} questions, 20 wanted"


@check(lambda c: change(c, "case", 11, twists=of_kind(c, "case")[11]["twists"][:1]))
def cases_are_complete(c):
    cases = of_kind(c, "case")
    count = collections.Counter(i["family"] for i in cases)
    if len(cases) < 64 or any(count[f] < 6 for f in CASE_FAMILIES):
        yield f"{dict(count)}"
    for i in cases:
        if sum(p["minutes"] for p in i.get("phases", ())) != i.get("minutes"):
            yield f"{i['key']}: the phases are not the minutes"
        if len(i.get("twists", ())) != 2 or len(i.get("facts", ())) < 3 or len(i["probes"]) < 4:
            yield f"{i['key']}: two twists, three facts, four probes"
        if not i.get("look-for") or not i.get("watch-out"):
            yield f"{i['key']}: look-for and traps"
        if any(not f["ask"] for f in i.get("facts", ())):
            yield f"{i['key']}: words that ask for each fact"


@check(lambda c: [i.pop("exemplar", None) for i in of_kind(c, "case")[:60]])
def half_of_the_cases_have_an_outline(c):
    cases = of_kind(c, "case")
    if 2 * sum("exemplar" in i for i in cases) < len(cases):
        yield "fewer than half"


@check(lambda c: drop(c, lambda i: i["kind"] == "case" and "analogy" in i["id"]))
def three_estimations_go_by_analogy(c):
    found = [i for i in of_kind(c, "case") if i["family"] == "estimation" and "analog" in str([i["id"], i["prompt"], i["look-for"]]).lower()]
    if len(found) < 3:
        yield f"{len(found)}"


# ---- pairs and single answers

@check(lambda c: drop(c, lambda i: i["kind"] == "pair" and i["bad"]["flaws"][0]["flaw"] == "jargon"))
def pairs_cover_every_flaw_principle_and_family(c):
    pairs = of_kind(c, "pair")
    if len(pairs) < 120:
        yield f"{len(pairs)} pairs, 120 wanted"
    main = collections.Counter(i["bad"]["flaws"][0]["flaw"] for i in pairs)
    for flaw in FLAWS:
        if main[flaw] < 5:
            yield f"{flaw} is the main flaw of {main[flaw]}"
    told = {main_principle(i) for i in pairs}
    yield from (f"no pair on {p['id']}" for p in c.principles if p["id"] not in told)
    families = {i["family"] for i in pairs}
    yield from (f"no pair of {f}" for f in CASE_FAMILIES + ("failure", "why-pm", "role") if f not in families)


@check(lambda c: of_kind(c, "pair")[30]["bad"]["flaws"][0].update(span="words that nobody said"))
def every_span_is_in_its_text_and_has_a_reason(c):
    for i, side, answer in labelled(c):
        for f in answer.get("flaws", ()):
            if f["flaw"] not in FLAWS:
                yield f"{i['key']} {side}: {f['flaw']}"
            if folded(f.get("span", "")) not in folded(answer["text"]):
                yield f"{i['key']} {side}: \"{f['span']}\""
            if not f.get("why"):
                yield f"{i['key']} {side}: what {f['flaw']} costs"


@check(lambda c: of_kind(c, "pair")[12]["good"]["scores"].popitem())
def every_dimension_of_the_rubric_is_scored(c):
    for i, side, answer in labelled(c):
        wanted = {d["id"] for d in c.rubrics[RUBRIC_OF.get(i["family"], i["family"])]["dimensions"]}
        levels = {d: s["level"] if side == "answer" else s for d, s in answer.get("scores", {}).items()}
        if set(levels) != wanted or any(level not in range(1, 6) for level in levels.values()):
            yield f"{i['key']} {side}: {levels}"


@check(lambda c: of_kind(c, "pair")[50].update(good=of_kind(c, "pair")[50]["bad"]))
def the_good_side_is_better_and_without_flaws(c):
    for i in of_kind(c, "pair"):
        bad, good = (sum(i[s]["scores"].values()) for s in ("bad", "good"))
        if good <= bad or i["good"].get("flaws"):
            yield f"{i['key']}: {bad} against {good}"
        if not i["bad"].get("why") or not i["good"].get("why"):
            yield f"{i['key']}: why each side is as it is"


@check(lambda c: of_kind(c, "pair")[5]["good"].update(text="I decided. " * 130))
def answers_have_the_length_of_answers(c):
    """A side of a pair is read in passing; a single answer may take the two and a half minutes of an interview."""
    lengths = [(i["key"], side, len(answer["text"].split())) for i, side, answer in labelled(c)]
    for key, side, length in lengths:
        if not 25 <= length <= (350 if side == "answer" else 250):
            yield f"{key} {side}: {length} words"
    if sum(length < 60 for _, _, length in lengths) > len(lengths) / 5:
        yield "more than a fifth have fewer than 60 words"


def rule_wins(c, measure):
    """How often "the side with more of it is the strong one" is right; a tie is a coin."""
    score = 0.0
    for i in of_kind(c, "pair"):
        good, bad = measure(i["good"]["text"]), measure(i["bad"]["text"])
        score += 1 if good > bad else 0.5 if good == bad else 0
    return score / len(of_kind(c, "pair"))


@check(lambda c: [i["good"].update(text=i["good"]["text"] + " and so on" * 60 + " 1 2 3") for i in of_kind(c, "pair")[:60]])
def pairs_cannot_be_guessed_by_length_or_figures(c):
    for name, measure in (("longer", lambda t: len(t.split())), ("more figures", lambda t: len(numbers(t)))):
        share = rule_wins(c, measure)
        if not 1 - GUESSED <= share <= GUESSED:
            yield f"\"{name} wins\" is right in {share:.2f}"


@check(lambda c: [i["good"].update(text=i["good"]["text"] + " 1 2 3 4 5 6 7 8 9") for i in of_kind(c, "pair")])
def in_a_quarter_the_strong_side_is_shorter_without_more_figures(c):
    pairs = of_kind(c, "pair")
    found = sum(len(i["good"]["text"].split()) < len(i["bad"]["text"].split()) and
                len(numbers(i["good"]["text"])) <= len(numbers(i["bad"]["text"])) for i in pairs)
    if 4 * found < len(pairs):
        yield f"{found} of {len(pairs)}"


@check(lambda c: of_kind(c, "pair")[9]["bad"].update(text=of_kind(c, "pair")[80]["good"]["text"]))
def no_sentence_is_in_two_answers(c):
    seen = collections.defaultdict(set)
    for i, _, answer in labelled(c):
        for s in sentences(answer["text"]):
            if len(words(s)) >= 4:
                seen[tuple(words(s))].add(i["key"])
    for s, keys in seen.items():
        if len(keys) > 1:
            yield f"{' '.join(s)}: {', '.join(sorted(keys))}"


@check(lambda c: [of_kind(c, "pair")[n]["good"].update(text=f"I cut the share of {n} in a hundred that came back to us in spring.") for n in (3, 4)])
def no_turn_of_phrase_is_in_two_answers(c):
    """Sentences made by a template differ in a few words and share the rest."""
    seen = collections.defaultdict(set)
    for i, _, answer in labelled(c):
        w = words(answer["text"])
        for at in range(len(w) - RUN + 1):
            seen[tuple(w[at:at + RUN])].add(i["key"])
    for run, keys in seen.items():
        if len(keys) > 1:
            yield f"{' '.join(run)}: {', '.join(sorted(keys))}"


@check(lambda c: [i["answer"].pop("flaws", None) for i in of_kind(c, "answer") if i["bank"] == "singles"][:9])
def single_answers_are_half_without_a_flaw(c):
    singles = [i for i in of_kind(c, "answer") if i["bank"] == "singles"]
    flawless = sum(not i["answer"].get("flaws") for i in singles)
    if len(singles) < 30 or not 0.45 <= flawless / len(singles) <= 0.55:
        yield f"{flawless} of {len(singles)} without a flaw"
    for i in singles:
        if (i["answer"]["level"] >= 4) != (not i["answer"].get("flaws")):
            yield f"{i['key']}: level {i['answer']['level']} with {len(i['answer'].get('flaws', ()))} flaws"


@check(lambda c: [i["answer"].update(level=3) for i in of_kind(c, "answer") if i["bank"] == "exemplars" and i["answer"]["level"] > 3])
def exemplars_stand_at_every_level(c):
    exemplars = [i for i in of_kind(c, "answer") if i["bank"] == "exemplars"]
    count = collections.Counter(i["answer"]["level"] for i in exemplars)
    if len(exemplars) < 30 or any(count[level] < 4 for level in range(1, 6)):
        yield f"{len(exemplars)} exemplars, by level {dict(count)}"
    for i in exemplars:
        mean = sum(s["level"] for s in i["answer"]["scores"].values()) / len(i["answer"]["scores"])
        if abs(mean - i["answer"]["level"]) > 0.75:
            yield f"{i['key']}: level {i['answer']['level']}, its dimensions mean {mean:.1f}"


# ---- rewrites and quizzes

@check(lambda c: change(c, "rewrite", 2, exemplar="word " * 51))
def rewrites_and_ladders(c):
    rewrites = of_kind(c, "rewrite")
    ladders = [i for i in rewrites if i.get("ladder")]
    if len(rewrites) - len(ladders) < 40 or len(ladders) < 15:
        yield f"{len(rewrites) - len(ladders)} reframes, {len(ladders)} ladders"
    for i in rewrites:
        if len(i["exemplar"].split()) > i.get("max-words", 50):
            yield f"{i['key']}: {len(i['exemplar'].split())} words"
    for i in ladders:
        if len(i["ladder"]) < 2:
            yield f"{i['key']}: two steps at least"


@check(lambda c: drop(c, lambda i: i["file"] == "banks/choices-classify.yaml" and i["difficulty"] > 1))
def quizzes(c):
    count = collections.Counter("money" if "money" in i["file"] else "classify" if "classify" in i["file"] else "metrics"
                                for i in of_kind(c, "choice"))
    for subject, wanted in (("metrics", 40), ("money", 10), ("classify", 20)):
        if count[subject] < wanted:
            yield f"{subject}: {count[subject]} choices, {wanted} wanted"
    for i in of_kind(c, "choice"):
        if sum(bool(o.get("right")) for o in i["options"]) != 1 or any(not o.get("why") for o in i["options"]):
            yield f"{i['key']}: one right option, and why for each"


@check(lambda c: [change(c, "choice", n, compute="100 / 8 = 12.6") for n in (0,)])
def every_computed_figure_is_right(c):
    for i in of_kind(c, "choice"):
        for expression, figure in claims_of(i["compute"]) if "compute" in i else ():
            decimals = len(figure.partition(".")[2])
            if abs(value_of(expression) - float(figure)) > 0.5 * 10.0 ** -decimals + 1e-9:
                yield f"{i['key']}: {expression} is {value_of(expression)}, not {figure}"


@check(lambda c: change(c, "choice", 0, compute="900 * 7 = 6300"))
def every_computed_figure_is_the_one_that_is_shown(c):
    for i in of_kind(c, "choice"):
        right = next(o for o in i["options"] if o.get("right"))
        shown = f"{right['text']} {right.get('why', '')} {i['explanation']}"
        for _, figure in claims_of(i["compute"]) if "compute" in i else ():
            if not shows(shown, float(figure)):
                yield f"{i['key']}: {figure} is not in \"{folded(shown)}\""


@check(lambda c: [i.pop("compute", None) for i in of_kind(c, "choice")])
def a_figure_that_is_asked_for_is_computed(c):
    for i in of_kind(c, "choice"):
        right = next(o for o in i["options"] if o.get("right"))
        figure = re.match(r"(?:about |only |roughly |minus )?[$€£-]?(\d[\d.,]*\d|\d)", str(right["text"]).lower())
        if figure and figure[1] not in numbers(i["prompt"]) and "compute" not in i:
            yield f"{i['key']}: {right['text']}"


@check(lambda c: [i["options"].sort(key=lambda o: not o.get("right")) for i in of_kind(c, "choice")])
def the_right_option_has_no_favourite_place(c):
    choices = of_kind(c, "choice")
    places = collections.Counter([bool(o.get("right")) for o in i["options"]].index(True) for i in choices)
    longest = sum(max(i["options"], key=lambda o: len(str(o["text"]))).get("right", False) for i in choices)
    if max(places.values()) > 0.45 * len(choices) or longest > 0.5 * len(choices):
        yield f"places {dict(places)}, the longest is right in {longest} of {len(choices)}"


# ---- loops, templates, the checklist

LOOPS = ("phone-screen", "five-interviews", "internal-transfer", "one-on-one", "express", "single-behavioural", "single-case",
         "writing-assessment")
TEMPLATES = ("press-release", "pr-faq", "six-pager", "writing-assessment", "one-on-one-agenda", "one-on-one-page", "three-year-vision",
             "story", "project-audit")


@check(lambda c: c.loops["five-interviews"]["stages"][2].update(minutes=60))
def loops_have_their_times_and_sources(c):
    yield from (f"no loop {name}" for name in LOOPS if name not in c.loops)
    for name, minutes in (("phone-screen", 60), ("five-interviews", 5 * 55), ("one-on-one", 30), ("express", 30)):
        if c.loops[name]["minutes"] != minutes:
            yield f"{name}: {minutes} minutes"
    if [p["minutes"] for p in c.loops["one-on-one"]["stages"][0]["parts"]] != [5, 7, 6, 6, 3, 3]:
        yield "one-on-one: 5, 7, 6, 6, 3, 3"
    for name, loop in c.loops.items():
        if sum(s["minutes"] for s in loop["stages"]) != loop["minutes"]:
            yield f"{name}: the stages are not the minutes"
        for s in loop["stages"]:
            if sum(p["minutes"] for p in s["parts"]) != s["minutes"]:
                yield f"{name} {s['id']}: the parts are not the minutes"
        if any(not x.get("from") for x in loop["claims"] if x["source"] != "judgement"):
            yield f"{name}: a claim without its source"
    if any(s["minutes"] != 55 for s in c.loops["five-interviews"]["stages"]):
        yield "five-interviews: 55 minutes each"


@check(lambda c: c.loops["express"]["stages"][0]["principles"].append("customer-obsessed"))
def loops_refer_to_what_exists(c):
    known = {p["id"] for p in c.principles}
    for name, loop in c.loops.items():
        given = [p for s in loop["stages"] for p in s.get("principles", ())]
        yield from (f"{name}: no principle {p}" for p in given if p not in known)
        yield from (f"{name}: {p} in two stages" for p, n in collections.Counter(given).items() if n > 1)
        families = {f for s in loop["stages"] for f in s.get("families", ())}
        yield from (f"{name}: no item of {f}" for f in families if not any(i.get("family", "why-pm") == f for i in c.items))
        yield from (f"{name}: no template {s['template']}" for s in loop["stages"] if s.get("template", "story") not in c.templates)


@check(lambda c: c.templates["press-release"].update({"max-words": 300}))
def templates_have_sections_with_limits(c):
    yield from (f"no template {name}" for name in TEMPLATES if name not in c.templates)
    if c.templates["press-release"]["minutes"] != 40 or c.templates["writing-assessment"].get("max-characters") != 8000:
        yield "40 minutes for the release, 8,000 characters for the assessment"
    if not c.templates["writing-assessment"].get("prose-only"):
        yield "the assessment is prose"
    for name, t in c.templates.items():
        limits = sum(s.get("max-words", 0) for s in t["sections"])
        if len(t["sections"]) < 4 or not t.get("checks") or "max-words" not in t and "max-characters" not in t:
            yield f"{name}: sections, checks and a limit"
        if limits > t.get("max-words", limits) or sum(s.get("minutes", 0) for s in t["sections"]) > t["minutes"]:
            yield f"{name}: the sections do not fit into the whole"


@check(lambda c: c.plans["checklist"]["items"][1]["when"][0].update(template="sonnet"))
def the_checklist_ticks_by_what_exists(c):
    items = c.plans["checklist"]["items"]
    if sum(i.get("source") == "articles" for i in items) < 11 or len(items) < 14:
        yield f"{len(items)} items"
    yield from (f"no item {wanted}" for wanted in ("sponsor", "handover", "evidence-of-the-work") if wanted not in {i["id"] for i in items})
    keys = {i["key"] for i in c.items}
    dimensions = {d["id"] for r in c.rubrics.values() for d in r["dimensions"]}
    for i in items:
        for w in i["when"]:
            if w.get("template", "story") not in c.templates or w.get("loop", "express") not in c.loops:
                yield f"{i['id']}: {w}"
            if not set(w.get("items", ())) <= keys or w.get("dimension", "scope") not in dimensions:
                yield f"{i['id']}: {w}"


# ---- the whole

@check(lambda c: change(c, "pair", 3, core=True))
def the_core_set_is_what_six_weeks_hold(c):
    core = [i for i in c.items if i.get("core")]
    count = collections.Counter(i["kind"] for i in core)
    if count != {"behavioural": 32, "case": 14, "pair": 34, "answer": 6}:
        yield f"{dict(count)}"
    for kind, key, wanted in (("behavioural", main_principle, 16), ("case", lambda i: i["family"], 7),
                              ("pair", lambda i: i["bad"]["flaws"][0]["flaw"], 17)):
        spread = collections.Counter(key(i) for i in core if i["kind"] == kind)
        if len(spread) != wanted or set(spread.values()) != {2}:
            yield f"{kind}: two of each, not {dict(spread)}"


@check(lambda c: change(c, "case", 5, id=of_kind(c, "case")[6]["id"], key=of_kind(c, "case")[6]["key"]))
def ids_are_unique_and_sources_marked(c):
    yield from (f"{key} twice" for key, n in collections.Counter(i["key"] for i in c.items).items() if n > 1)
    yield from (f"{i['key']}: source {i['mark']}" for i in c.items if i["mark"] not in ("articles", "public", "judgement"))
    known = {p["id"] for p in c.principles}
    yield from (f"{i['key']}: no principle {p}" for i in c.items for p in principles_of(i) if p not in known)


@check(lambda c: change(c, "behavioural", 40, prompt=of_kind(c, "behavioural")[90]["prompt"] + " Why?"))
def no_two_prompts_are_near(c):
    parts = {i["key"]: shingles(i["prompt"]) for i in c.items}
    holders = collections.defaultdict(list)
    for key, part in parts.items():
        for shingle in part:
            holders[shingle].append(key)
    common = collections.Counter(pair for keys in holders.values() for pair in itertools.combinations(keys, 2))
    for (a, b), n in common.items():
        share = n / len(parts[a] | parts[b])
        if share > NEAR:
            yield f"{a} and {b}: {share:.2f}"


def spelt(file, name):
    """Every word as it is spelt, with where it stands."""
    return {word.replace("’", "'"): place for place, text in texts(file, name)
            for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text)}


def misspelt(c):
    """Words that the British dictionary does not have, with where one of them stands."""
    found = {word: place for name, file in c.files.items() for word, place in spelt(file, name).items()}
    asked = subprocess.run(["hunspell", "-i", "UTF-8", "-d", "en_GB", "-l"], input="\n".join(found), capture_output=True, text=True, check=True)
    return {word: found.get(word, "?") for word in asked.stdout.split()}


def listed():
    return pathlib.Path(WORD_LIST).read_text().split()


@check(lambda c: change(c, "transition", 4, why_pm="The desicion counts."))
def spelling(c):
    known = set(listed())
    yield from (f"{place}: {word}" for word, place in misspelt(c).items() if word not in known)


@check(lambda c: [c.files.pop(name) for name in list(c.files) if name.startswith("banks/pairs")])
def the_word_list_holds_nothing_else(c):
    if listed() != sorted(set(listed())):
        yield "the list is sorted, each word once"
    used = {word for name, file in c.files.items() for word in spelt(file, name)}
    yield from (f"{word} is not needed" for word in set(listed()) - used)


def main():
    counts = {"passed": 0, "failed": 0}

    def note(good, what):
        counts["passed" if good else "failed"] += 1
        if not good:
            print("FAILED", what)

    content = load(DATA)
    frozen = pickle.dumps(content)
    for function, defect in checks:
        name = function.__name__.replace("_", " ")
        problems = list(function(content))
        note(not problems, f"{name}: " + "\n  ".join(problems[:20]))
        damaged = pickle.loads(frozen)
        defect(damaged)
        note(set(function(damaged)) - set(problems), f"{name}: a defect goes unnoticed")
    print(f"{counts['passed']} passed, {counts['failed']} failed")
    return counts["failed"] > 0


if __name__ == "__main__":
    sys.exit(main())
