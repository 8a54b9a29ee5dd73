#!/usr/bin/env python3
"""Train the model of the briefs: boosted trees for sentences and their words, linear weights for sets of sentences.

    python3 Tools/train/briefs.py --data DIR --tool .build/release/winnow-sentences --out Rules/models

DIR holds the sets cnn-val, cnn-train, dailymail-train, xsum, id-news and, made by briefs_pages.py, pages: ID.txt,
ID.ref.txt (ID.ref1.txt …), ID.title.txt. Features come from the tool, so what is trained is what runs. One text in
four, by the hash of its name, is never trained on (held_out.py): Tools/evaluate/score_briefs.py measures on those.
"""
import argparse
import collections
import json
import math
import os
import random
import struct
import subprocess
import sys

import lightgbm as lgb
import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import brief_words  # noqa: E402
import forest  # noqa: E402
import rouge_sets as rouge  # noqa: E402
from held_out import digest, held_out  # noqa: E402

# set, language, whether references are English, how much a text of it counts
VARIANTS = [
    ("cnn-val", "en", True, 1.0),
    ("cnn-val", "und", True, 0.2),
    ("cnn-train", "en", True, 1.0),
    ("dailymail-train", "en", True, 0.4),
    ("xsum", "en", True, 1.0),
    ("xsum", "und", True, 0.2),
    ("id-news", "id", False, 0.15),
    ("id-news", "id-titled", False, 0.1),
    ("pages", "en", True, 0.2),
    ("pages", "en-titled", True, 0.2),
]
BUDGETS = {
    "cnn-val": ["3s", "75w"], "cnn-train": ["3s", "75w"], "dailymail-train": ["3s", "75w"], "xsum": ["1s", "40w"],
    "id-news": ["3s", "50w"], "pages": ["3s", "75w"],
}
# A page's description is shorter than a brief, and no brief is to be short for that: it counts as this many words.
LEAST = {"pages": 60}
TREES = dict(
    objective="regression", learning_rate=0.04, num_leaves=15, min_data_in_leaf=60, feature_fraction=0.4,
    bagging_fraction=0.7, bagging_freq=1, lambda_l2=5, max_bin=63, verbose=-1, num_threads=1, deterministic=True, force_row_wise=True)
ROUNDS = 200
# Of ROUGE-1 and ROUGE-2 in a set: pairs are harder to gain.
WORTH = np.array([1, 1.5])
# Rounds that score every sentence; only the best few go on to the rest.
FIRST = 30
FOLDS = 4


def fold(name, text):
    return digest(name, text)[1] % FOLDS


def read(path):
    with open(path, encoding="utf-8", errors="replace") as f:
        return f.read()


def references(folder, text):
    paths = [f"{folder}/{text}.ref.txt"] + [f"{folder}/{text}.ref{k}.txt" for k in range(1, 20)]
    return [read(p) for p in paths if os.path.exists(p)]


class Text:
    def __init__(self, name, language, english, weight, row, folder):
        self.set, self.id, self.english, self.weight, self.language = name, row["id"], english, weight, language
        self.x = np.array(row["features"], np.float32)
        self.eligible = np.array(row["eligible"])
        self.judge = rouge.Judge(row["sentences"], references(folder, self.id), english, LEAST.get(name, 0))
        self.fold = fold(name, self.id)
        self.labels = self.label()

    def label(self):
        """What a sentence adds: its own likeness to the reference, and that of sets which hold it, within the text."""
        n = len(self.x)
        own = self.judge.reward([[i] for i in range(n)])
        own = own / (own.max() or 1)
        rng = random.Random(self.id)
        size = 1 if self.set == "xsum" else 3
        places = [i for i in range(n) if self.eligible[i]]
        if size == 1 or len(places) < 5:
            return own
        sums, counts = np.zeros(n), np.zeros(n)
        sets = [sorted(rng.sample(places, size)) for _ in range(12 * len(places))]
        for chosen, score in zip(sets, self.judge.reward(sets)):
            sums[chosen] += score
            counts[chosen] += 1
        mean = np.where(counts > 0, sums / np.maximum(counts, 1), 0)
        seen = mean[counts > 0]
        spread = (seen.max() - seen.min()) or 1
        shared = np.where(counts > 0, (mean - seen.min()) / spread, 0)
        return MIX * shared + (1 - MIX) * own


MIX = 0.5


def run(tool, *arguments):
    subprocess.run([tool, *arguments], check=True)


def tag(language):
    tag, _, titled = language.partition("-")
    return ["--language", tag] if titled else ["--language", tag, "--no-title"]


def load(args):
    texts, names = [], None
    for name, language, english, weight in VARIANTS:
        folder, out = f"{args.data}/{name}", f"{args.work}/{name}-{language}.jsonl"
        run(args.tool, "features", "--in", folder, "--out", out, *tag(language))
        with open(out, encoding="utf-8") as f:
            names = json.loads(next(f))
            for line in f:
                row = json.loads(line)
                if not held_out(name, row["id"]) and row["features"]:
                    texts.append(Text(name, language, english, weight, row, folder))
    return texts, names


def fit(texts, seed):
    """Two forests that differ by chance alone; their mean is steadier than either."""
    x = np.vstack([t.x for t in texts])
    y = np.concatenate([t.labels for t in texts])
    w = np.concatenate([np.full(len(t.x), t.weight / math.sqrt(len(t.x))) for t in texts])
    data = lgb.Dataset(x, y, weight=w, params=dict(max_bin=TREES["max_bin"], verbose=-1))
    return [lgb.train(dict(TREES, seed=s), data, ROUNDS) for s in (seed, seed + 1)]


def variants(texts):
    found = collections.defaultdict(list)
    for t in texts:
        found[t.set, t.language].append(t)
    return found.items()


def words(args, texts, names):
    """By text; with and without its title, a text has the same words."""
    found = {}
    for (name, language), members in variants(texts):
        if not language.endswith("-titled"):
            rows = brief_words.load(args.tool, tag(language), members, f"{args.data}/{name}", args.work, names, references)
            found.update(((name, language, w.text.id), w) for w in rows)
    return found


def sets(args, texts, found):
    """By kind of budget: a list of (text, sets, rows)."""
    groups = {0: [], 1: []}
    for (name, language), members in variants(texts):
        if language == "und":
            continue
        scores, out = f"{args.work}/scores.jsonl", f"{args.work}/sets.jsonl"
        with open(scores, "w") as f:
            for t in members:
                f.write(json.dumps({"id": t.id, "scores": [float(s) for s in t.scores]}) + "\n")
        of = {t.id: t for t in members}
        for budget in BUDGETS[name]:
            run(args.tool, "sets", "--in", f"{args.data}/{name}", "--scores", scores, "--budget", budget, "--most", "90",
                "--out", out, *tag(language))
            with open(out) as f:
                for line in f:
                    row = json.loads(line)
                    if len(row["sets"]) > 1:
                        rows = np.array(row["rows"], np.float32)
                        rows[:, -2:] = found[name, language.removesuffix("-titled"), row["id"]].expected(row["sets"])
                        groups[budget[-1] != "s"].append((of[row["id"]], row["sets"], rows, budget))
    return groups


def weigh(groups, ridge):
    """Ridge regression of a set's ROUGE within its text: what matters is which set of a text is best."""
    xs, ys, ws = [], [], []
    for text, chosen, rows, _ in groups:
        y = WORTH @ text.judge.scores(chosen)
        xs.append(rows - rows.mean(0))
        ys.append(y - y.mean())
        ws.append(np.full(len(y), text.weight / len(y)))
    x, y, w = np.vstack(xs).astype(np.float64), np.concatenate(ys), np.concatenate(ws)
    scale = np.sqrt((w[:, None] * x * x).sum(0) / w.sum())
    scale[scale < 1e-6] = np.inf
    x = x / scale
    gram = (x * w[:, None]).T @ x + ridge * w.sum() / 100 * np.eye(x.shape[1])
    return np.linalg.solve(gram, (x * w[:, None]).T @ y) / scale


class Rounds:
    """Some rounds of a model."""

    def __init__(self, model, first, end):
        self.trees = model.dump_model()["tree_info"][first:end]

    def dump_model(self):
        return {"tree_info": self.trees}


def write(names, models, words, weights, path):
    """In the format that Sources/Briefs/BriefModel.swift describes."""
    parts = []
    for first, end in ((0, FIRST), (FIRST, ROUNDS)):
        forest.write([Rounds(m, first, end) for m in models], names["sentence"], path)
        with open(path, "rb") as f:
            parts.append(f.read())
    for model, kind in zip(words, ("stem", "pair")):
        forest.write([model], names[kind], path)
        with open(path, "rb") as f:
            parts.append(f.read())
    with open(path, "wb") as f:
        f.write(b"".join(parts))
        f.write(struct.pack("<Q", forest.name_hash(names["subset"])))
        for row in weights:
            f.write(struct.pack(f"<{len(row)}f", *row))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", required=True)
    ap.add_argument("--tool", default=".build/release/winnow-sentences")
    ap.add_argument("--out", default="Rules/models")
    ap.add_argument("--work", default="/tmp/winnow-briefs")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--ridge", type=float, default=1.0)
    args = ap.parse_args()
    os.makedirs(args.work, exist_ok=True)
    texts, names = load(args)
    print(f"{len(texts)} texts, {sum(len(t.x) for t in texts)} sentences", flush=True)
    for k in range(FOLDS):
        models = fit([t for t in texts if t.fold != k], args.seed)
        for t in texts:
            if t.fold == k:
                t.scores = np.mean([m.predict(t.x) for m in models], 0)
    error = np.mean([np.corrcoef(t.scores, t.labels)[0, 1] for t in texts if len(t.x) > 5 and t.labels.std() > 0])
    print(f"correlation of scores with labels within a text, out of fold: {error:.3f}", flush=True)
    found = words(args, texts, names)
    brief_words.cross(list(found.values()), FOLDS, args.seed)
    groups = sets(args, texts, found)
    weights = []
    for kind in (0, 1):
        cross(groups[kind], args.ridge)
        weights.append(weigh(groups[kind], args.ridge))
        for name, value in zip(names["subset"], weights[-1]):
            print(f"  {name:16} {value:+.4f}")
    models = fit(texts, args.seed)
    gain = sorted(zip(models[0].feature_importance("gain"), names["sentence"]), reverse=True)
    print("sentence features by gain:", ", ".join(f"{n} {g:.0f}" for g, n in gain[:25]))
    path = f"{args.out}/briefs.bin"
    write(names, models, brief_words.train(list(found.values()), args.seed), weights, path)
    print(f"{path}: {os.path.getsize(path)} bytes")


def cross(groups, ridge):
    """Prints what the choice gains over the best-scored set and the mean set, out of fold."""
    got = collections.defaultdict(list)
    for k in range(FOLDS):
        w = weigh([g for g in groups if g[0].fold != k], ridge)
        for text, chosen, rows, budget in groups:
            if text.fold == k:
                both = text.judge.scores(chosen)
                pick = int(np.argmax(rows @ w))
                got[text.set, text.language, budget].append((*both[:, pick], *both[:, int(both.sum(0).argmax())]))
    for key, values in sorted(got.items()):
        m = np.mean(values, 0) * 100
        print(f"{key[0]} {key[1]} {key[2]}: ROUGE-1/2 {m[0]:.2f}/{m[1]:.2f}, best of the sets {m[2]:.2f}/{m[3]:.2f}", flush=True)


if __name__ == "__main__":
    main()
