#!/usr/bin/env python3
"""Trains the family model: which kind of chaff a block is that the content model removes.

  families.py --tool .build/release/winnow-features --wcxb DIR --snippets DIR --lines DIR --phrases FILE --rules Rules
              --out Rules/models --work DIR

Folders as for train.py, which must have run: the rows in its work folder are used. First words: a linear model that learns from what rules name, and classes suggest, on pages whose
hosts have no labelled line; from listed phrases, and from the rules' own examples. Then a forest over words, neighbours,
shape and markup, that learns from the labelled lines, as the line model leaves them and as if it took out all chaff, and
with small weight from the same pages as the words. Cross-validated by host; lines count as kept or removed by a line
model that has not seen their host.
"""
import argparse, json, os, subprocess, warnings
from collections import Counter, defaultdict
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
import lightgbm as lgb
import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression

import forest
import word_table
from data import Rows, choose, fold_of, host_of, lists_of, load_lines
from train import CAREFUL_BETA

# The families that the model may name, and "boilerplate" for all others.
ANSWERS = ["navigation", "signup", "related", "share", "comments", "legal", "consent", "ads", "meta", "app", "donate",
           "paywall", "boilerplate"]
PHRASES = {"ad": "ads", "affiliate": "ads", "ai-audio": "player", "ai-text": "player", "app": "app", "bot": "error",
           "comments": "comments", "cookie": "consent", "copyright": "legal", "donate": "donate", "form": "signup",
           "js": "error", "newsletter": "signup", "paywall": "paywall", "related": "related", "share": "share",
           "skip-nav": "navigation", "login": "navigation", "syndication": "related", "timestamp": "meta"}
ENTRIES = 7000
FOREST = dict(objective="multiclass", num_class=len(ANSWERS), num_leaves=7, learning_rate=0.2, min_data_in_leaf=20,
              lambda_l2=10, feature_fraction=0.3, bagging_fraction=0.7, bagging_freq=1, max_bin=63, verbose=-1,
              num_threads=1, deterministic=True, force_row_wise=True)
ROUNDS, SEEDS = 36, (1, 2, 3)  # the model is the mean of one a seed
# As in FamilyModel: floor, floorOfSentences and leastOfSentences.
FLOOR, SENTENCE_FLOOR, SENTENCE_WORDS = 0.4, 0.6, 12
# Weights of the labelled lines: as they are left, the same with rules unheard, and both without any chaff kept.
SHARES = (0.7, 0.4, 0.7, 0.4)
WEAK = 0.1
MARKED = 0.5  # a rule that only marks is less sure of the family than one that removes


class Families:
    """What `winnow-features families` wrote."""

    def __init__(self, folder):
        folder = Path(folder)
        self.names = json.loads((folder / "names.json").read_text())
        self.pages = [json.loads(l) for l in (folder / "pages.jsonl").read_text("utf-8").split("\n") if l]
        self.rows = np.fromfile(folder / "rows.f32", "<f4").reshape(-1, len(self.names["features"]))
        self.keys = lists_of(folder / "keys.u32")

    def blocks(self):
        """Page, block, keys of its words."""
        keys = iter(self.keys)
        for page in self.pages:
            for block in range(len(page["texts"])):
                yield page, block, next(keys)


def rule_family(page, block):
    """Of a rule that removes the block, or that marks what the content model removes."""
    return page["rules"][block] or (not page["keeps"][block] and page["flags"][block]) or ""


def weak_family(page, block, classes=True):
    """What a rule, the content model or a class says of a block, and how much that is worth."""
    if rule_family(page, block):
        return rule_family(page, block), 2.0 if page["rules"][block] else MARKED
    if page["keeps"][block]:
        return "boilerplate", 0.5
    return (page["hints"][block], 0.5) if classes else ("", 0)


def learn_words(sources, examples, labelled, path):
    """Writes the model of words. Each source comes with its hosts by page name; those of `labelled` are left out."""
    rows, names = [], None
    seen, taken = set(), Counter()
    for source, hosts in sources:
        names = source.names["words"]
        for page, block, keys in source.blocks():
            host = hosts[page["name"]]
            family, weight = weak_family(page, block)
            family = "player" if family == "ai-notice" else family
            text = page["texts"][block]
            if host in labelled or not family or (host, text) in seen or taken[host, family] >= 60:
                continue
            seen.add((host, text))
            taken[host, family] += 1
            rows.append((host, names.index(family), weight, keys))
    for page, block, keys in examples.blocks():
        rows.append((page["texts"][block], names.index(page["name"].split(".")[0]), 2.0, keys))
    texts = [r[3] for r in rows]
    vocabulary = word_table.common(texts, [r[0] for r in rows], 4)
    kinds = np.array([r[1] for r in rows])
    weights = np.array([r[2] for r in rows])
    counts = np.bincount(kinds, weights, len(names))
    weights *= np.clip(np.sqrt(counts.sum() / len(names) / np.maximum(counts, 1)), 0.2, 5)[kinds]

    def fit(x, steps):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of not having converged: early stopping regularises
            return LogisticRegression(C=2.0, max_iter=steps).fit(x, kinds, sample_weight=weights)

    x = word_table.matrix(texts, vocabulary)
    print(f"words: {len(rows)} texts, {len(vocabulary)} candidates", flush=True)
    first = fit(x, 30)
    vocabulary = word_table.strongest(vocabulary, x, weights, first.coef_, ENTRIES)
    x = word_table.matrix(texts, vocabulary)
    model = fit(x, 60)
    print(f"words: accuracy on what they learnt from {model.score(x, kinds):.3f}", flush=True)
    word_table.write(path, vocabulary, model.coef_, model.intercept_)


def answer(family):
    return ANSWERS.index(family) if family in ANSWERS else len(ANSWERS) - 1


def weak_rows(source, hosts, labelled, classes, size, seed):
    """Rows of other pages: where a rule was not heard it says the family, and elsewhere a class may."""
    index, kinds, weights, first = [], [], [], 0
    for page in source.pages:
        start, first = first, first + len(page["asked"])
        if hosts[page["name"]] in labelled:
            continue
        found = []
        for row, block in enumerate(page["asked"]):
            family, weight = weak_family(page, block, classes)
            if family and family != "boilerplate":
                found.append((start + row, answer(family), weight))
        counts = Counter(kind for _, kind, _ in found)
        for row, kind, weight in found:
            index.append(row)
            kinds.append(kind)
            weights.append(weight * min(1, 12 / counts[kind]))
    weights = np.array(weights)
    chosen = np.unique(np.random.default_rng(seed).choice(len(index), size, p=weights / weights.sum()))
    return source.rows[np.array(index)[chosen]], np.array(kinds)[chosen]


def fit(parts):
    rows, kinds, weights = zip(*[(x, y, np.full(len(y), w)) for x, y, w in parts])
    rows, kinds, weights = np.concatenate(rows), np.concatenate(kinds), np.concatenate(weights)
    return [lgb.train(dict(FOREST, seed=seed), lgb.Dataset(rows, kinds, weight=weights), ROUNDS) for seed in SEEDS]


def predict(models, rows):
    sums = sum(m.predict(rows, raw_score=True) for m in models) / len(models)
    odds = np.exp(sums - sums.max(1, keepdims=True))
    return odds / odds.sum(1, keepdims=True)


def scores(source, probabilities, floor):
    """Precision, recall and F1 of each family over all lines, with the rules' findings first."""
    gold, said, right, first = Counter(), Counter(), Counter(), 0
    for page in source.pages:
        families = [rule_family(page, block) for block in range(len(page["rules"]))]
        for row, block in enumerate(page["asked"]):
            p = probabilities[first + row]
            is_sentence = len(page["texts"][block].split()) >= SENTENCE_WORDS
            least = max(floor, SENTENCE_FLOOR) if is_sentence else floor
            families[block] = ANSWERS[p.argmax()] if p.max() >= least else "boilerplate"
        first += len(page["asked"])
        for label, family in zip(page["gold"], families):
            gold[label] += 1
            said[family] += 1
            right[label] += label == family
    return {f: (right[f] / max(1, said[f]), right[f] / gold[f], 2 * right[f] / (said[f] + gold[f]))
            for f in ANSWERS[:-1]}


def show(title, table):
    print(title, "  ".join(f"{f} {p:.2f}/{r:.2f}={v:.3f}" for f, (p, r, v) in table.items()), flush=True)


def held_out_keeps(o, work):
    """By line of the labelled dumps: 1 where a line model that has not seen the host keeps it, as `lint` would."""
    pages = load_lines(Rows(work / "rows-lines", "line"), o.wcxb, o.lines)
    out = np.load(work / "cv-lines.npy")
    keeps = [choose(out[p.first : p.first + p.count], p.weights, CAREFUL_BETA)[0] for p in pages]
    return np.concatenate(keeps).astype(np.uint8)


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("tool", "wcxb", "snippets", "lines", "phrases", "rules", "out", "work"):
        a.add_argument(f"--{name}", type=Path, required=True)
    a.add_argument("--reuse", action="store_true", help="take held-out lines and words from the work folder")
    o = a.parse_args()
    work = o.work

    def tool(source, target, *more):
        subprocess.run([o.tool, "families", work / source, work / target, *more], check=True)
        return Families(work / target)

    hosts = {f"{f.stem}.html": host_of(json.loads(f.read_text("utf-8"))["url"])
             for f in (o.wcxb / "ground-truth").glob("*.json")}
    truth = [json.loads(l) for l in (o.snippets / "truth.jsonl").read_text("utf-8").split("\n") if l]
    snippet_hosts = {f"{t['id']}.html": t["url"].split("::")[-1].split("-")[0] for t in truth}
    golds = {}
    for file in o.lines.glob("*.tsv"):
        rows = [r.split("\t", 1) for r in file.read_text("utf-8").split("\n") if r]
        golds[f"{file.stem}.txt"] = [label for label, text in rows if text.strip()]
    labelled = {hosts[name.replace(".txt", ".html")] for name in golds}

    kept, words = work / "kept.bin", work / "words.bin"
    if not (o.reuse and kept.exists()):
        kept.write_bytes(held_out_keeps(o, work).tobytes())
    if not (o.reuse and words.exists()):
        (work / "examples").mkdir(exist_ok=True)
        examples = defaultdict(list)
        for line in o.phrases.read_text("utf-8").split("\n")[1:]:
            family, _, phrase = line.split("\t")[:3] if line.count("\t") > 1 else ("", "", "")
            if family in PHRASES:
                examples[PHRASES[family]].append(phrase)
        for file in sorted(o.rules.glob("*.yaml")):
            for rule in yaml.safe_load(file.read_text("utf-8"))["rules"]:
                family = "player" if rule["family"] == "ai-notice" else rule["family"]
                for kind, name in (("match", family), ("clean", "boilerplate")):
                    texts = rule.get("examples", {}).get(kind, [])
                    examples[name] += [" ".join(t.split()) for t in texts if isinstance(t, str)]
        for family, texts in examples.items():
            (work / "examples" / f"{family}.txt").write_text("\n".join(texts) + "\n", "utf-8")
        sources = [(tool("wcxb", "words-wcxb"), hosts), (tool("snippets", "words-snippets"), snippet_hosts)]
        learn_words(sources, tool("examples", "words-examples"), labelled, words)

    content = work / "content.bin"
    content.write_bytes(bytes(label == "content" for name in sorted(golds) for label in golds[name]))
    lines = tool("lines", "families-lines", "--words", words, "--kept", kept)
    more = tool("lines", "families-more", "--words", words, "--kept", kept, "--hide", "3")
    perfect = tool("lines", "families-perfect", "--words", words, "--kept", content)
    perfect_more = tool("lines", "families-perfect-more", "--words", words, "--kept", content, "--hide", "2")
    sets = []
    for source in (lines, more, perfect, perfect_more):
        for page in source.pages:
            page["gold"] = golds[page["name"]]
        kinds = np.array([answer(page["gold"][b]) for page in source.pages for b in page["asked"]])
        folds = np.array([fold_of(hosts[page["name"].replace(".txt", ".html")])
                          for page in source.pages for _ in page["asked"]])
        sets.append((source.rows, kinds, folds))
    weak = []
    for folder, names, size in (("wcxb", hosts, 9000), ("snippets", snippet_hosts, 6000)):
        plain = tool(folder, f"families-{folder}", "--words", words, "--hide", "3", "--plain")
        weak.append((*weak_rows(plain, names, labelled, True, size, 1), WEAK))
        markup = tool(folder, f"families-{folder}", "--words", words, "--hide", "3")
        weak.append((*weak_rows(markup, names, labelled, True, size, 2), WEAK))
    print("weak rows", Counter(ANSWERS[k] for _, y, _ in weak for k in y), flush=True)

    def parts(fold):
        return [(x[f != fold], y[f != fold], w) for (x, y, f), w in zip(sets, SHARES)] + weak

    rows, kinds, folds = sets[0]
    out = np.zeros((len(kinds), len(ANSWERS)))
    for fold in range(5):
        out[folds == fold] = predict(fit(parts(fold)), rows[folds == fold])
    np.save(work / "cv-families.npy", out)
    print(f"{len(kinds)} lines, accuracy {np.mean(out.argmax(1) == kinds):.4f}")
    none = np.zeros_like(out)
    none[:, -1] = 1
    show("rules alone", scores(lines, none, FLOOR))
    for floor in (0, 0.3, FLOOR, 0.5, 0.6):
        show(f"floor {floor}", scores(lines, out, floor))
    temporary = work / "forest.bin"
    forest.write(fit(parts(None)), lines.names["features"], temporary, classes=len(ANSWERS))
    o.out.mkdir(parents=True, exist_ok=True)
    (o.out / "families.bin").write_bytes(words.read_bytes() + temporary.read_bytes())
    print("families.bin", (o.out / "families.bin").stat().st_size, "bytes")


if __name__ == "__main__":
    main()
