"""Which stems and pairs of stems a reference holds: the forests that tell, and what they expect of sets of sentences."""
import json
import random
import subprocess

import lightgbm as lgb
import numpy as np

import rouge_sets as rouge

TREES = dict(
    objective="binary", learning_rate=0.2, num_leaves=8, min_data_in_leaf=200, feature_fraction=0.6, lambda_l2=5, max_bin=63,
    verbose=-1, num_threads=1, deterministic=True, force_row_wise=True)
ROUNDS = 40
# Rows of a text that are trained on: long pages are to teach no more than others.
MOST = 600
# As in Sources/Briefs/SubsetFeatures.swift.
USUAL_LENGTH = 45
# As in Sources/Briefs/WordChances.swift: pairs of stems that are less likely to meet in a reference count as not in it.
LEAST_CHANCE = 0.02


class Words:
    """A text's stems and pairs, with features and whether a reference holds them."""

    def __init__(self, text, row, stems, pairs, references):
        self.text, self.stems, self.pairs, self.members = text, row["stems"], row["pairs"], np.array(row["members"], int).reshape(-1, 2)
        self.x = [stems, pairs]
        tokens = [rouge.tokens(form, text.english) or [""] for form in row["forms"]]
        wanted = [rouge.tokens(r, text.english) for r in references]
        singles = {w for ref in wanted for w in ref}
        doubles = {p for ref in wanted for p in zip(ref, ref[1:])}
        self.y = [
            np.array([any(w in singles for w in t) for t in tokens], np.float32),
            np.array([(tokens[a][-1], tokens[b][0]) in doubles for a, b in self.members], np.float32)]
        self.chances = [None, None]

    def join(self):
        """What pairs know of their stems."""
        p = self.chances[0]
        a, b = p[self.members[:, 0]], p[self.members[:, 1]]
        self.x[1][:, :3] = np.stack([a, b, a * b], 1)

    def expected(self, sets):
        """Expected ROUGE-1 and ROUGE-2 F of sets of sentences, as Sources/Briefs/SubsetFeatures.swift has them."""
        stems = [set(s) for s in self.stems]
        pairs = [set(p) - {-1} for p in self.pairs]
        out = np.zeros((len(sets), 2), np.float32)
        for place, chosen in enumerate(sets):
            length = sum(len(self.stems[i]) for i in chosen) + USUAL_LENGTH
            for n, parts in enumerate((stems, pairs)):
                out[place, n] = 2 * sum(self.chances[n][k] for k in set().union(*(parts[i] for i in chosen))) / length
        return out


def load(tool, arguments, texts, folder, work, names, references):
    """The words of texts of one folder, given their `scores`."""
    scores, out = f"{work}/scores.jsonl", f"{work}/words.jsonl"
    with open(scores, "w") as f:
        for t in texts:
            f.write(json.dumps({"id": t.id, "scores": [float(s) for s in t.scores]}) + "\n")
    subprocess.run([tool, "words", "--in", folder, "--scores", scores, "--out", out, *arguments], check=True)
    rows, at = np.fromfile(f"{out}.rows", np.float32), 0
    of, found = {t.id: t for t in texts}, []
    with open(out, encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            tables = []
            for count, width in ((len(row["forms"]), len(names["stem"])), (len(row["members"]), len(names["pair"]))):
                tables.append(rows[at:at + count * width].reshape(count, width).copy())
                at += count * width
            found.append(Words(of[row["id"]], row, *tables, references(folder, row["id"])))
    return found


def fit(words, n, seed):
    """A forest for stems (n = 0) or pairs (1)."""
    rng = random.Random(seed)
    xs, ys, ws = [], [], []
    for w in words:
        count = len(w.y[n])
        if not count:
            continue
        rows = sorted(rng.sample(range(count), min(count, MOST)))
        xs.append(w.x[n][rows])
        ys.append(w.y[n][rows])
        ws.append(np.full(len(rows), w.text.weight * len(rows) ** -0.5))
    weights = np.concatenate(ws)
    return lgb.train(dict(TREES, seed=seed), lgb.Dataset(np.vstack(xs), np.concatenate(ys), weight=weights / weights.mean()), ROUNDS)


def predict(words, models):
    for w in words:
        w.chances[0] = models[0].predict(w.x[0])
        w.join()
        likely = w.x[1][:, 2] >= LEAST_CHANCE
        w.chances[1] = np.zeros(len(likely))
        if likely.any():
            w.chances[1][likely] = models[1].predict(w.x[1][likely])


def train(words, seed):
    stems = fit(words, 0, seed)
    for w in words:
        w.chances[0] = stems.predict(w.x[0])
        w.join()
    return [stems, fit(words, 1, seed)]


def cross(words, folds, seed):
    """Chances out of fold."""
    found = {}
    for k in range(folds):
        models = train([w for w in words if w.text.fold != k], seed)
        mine = [w for w in words if w.text.fold == k]
        predict(mine, models)
        found.update((id(w), list(w.chances)) for w in mine)
    for w in words:
        w.chances = found[id(w)]
