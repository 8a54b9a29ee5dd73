#!/usr/bin/env python3
"""Trains the content models: one command from pages to Rules/models.

  train.py --tool .build/release/winnow-features --wcxb DIR --snippets DIR --lines DIR --out Rules/models

WCXB-shaped DIR: html/ID.html.gz and ground-truth/ID.json. Snippets DIR: html/ID.html.gz and truth.jsonl.
Lines DIR: ID.tsv with `label<TAB>line`, of pages of the first. All features come from the tool, so they are those of
the Swift code. Seeds are fixed. --work keeps rows and labels between runs; --no-cv skips the cross-validation, whose
figures go into the model card's table (printed, and written to scores.json beside the models). The lines' model learns
from what the cross-validated blocks' models keep of pages with snippets, and so needs it in --work.
"""
import argparse, gzip, json, os, subprocess, sys, tempfile, time
from multiprocessing import get_context
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
import lightgbm as lgb
import numpy as np

import forest
import flatten
import page_types
from data import (TYPES, Rows, bag_score, choose_by, load_kept, load_lines, load_snippets, load_wcxb,
                  snippet_counts)

COMMON = dict(verbose=-1, num_threads=1, seed=1, deterministic=True, force_row_wise=True, bagging_freq=1)
BLOCK = dict(COMMON, objective="binary", num_leaves=31, max_depth=8, learning_rate=0.08, feature_fraction=0.25,
             bagging_fraction=0.6, min_data_in_leaf=50, lambda_l2=5, max_bin=63)
BLOCK_TREES = 220
LINE_TREES = 160
FOLDS = 5
# Of the balanced choice, as in Choice.swift: β of blocks, of blocks of what is this likely an article, and of lines. The
# first of a pair is for choices of at least this expected F1, the other for those that are less sure.
BETA, ARTICLE_BETA, LINE_BETA = (0.9, 0.9, 0), (0.6, 0.5, 0.95), (1.8, 1.8, 0)
LIKELY = 0.8
FIRST_TREES, DECIDED = 60, 2.5  # as in Forest.swift: rows this far from 0 after so many trees need no more of them
LOG_TREES = 100  # of the blocks' model; the others follow the pages' F1
PAGE_SHARE, LOG_SHARE = 60, 0.3  # weights of a page's F1, and then of the log loss of its blocks
BLOCK_CAP, LINE_CAP = 450, 250  # rows a page at most; of longer pages a random part, weighted up


def unpack(source, target):
    target.mkdir(parents=True, exist_ok=True)
    for file in sorted((source / "html").glob("*.html.gz")):
        path = target / file.name.removesuffix(".gz")
        if not path.exists():
            path.write_bytes(gzip.open(file).read())


class Part:
    """Rows of one source with labels, weights and folds; `share` scales its weight, `whole` says that all is labelled."""

    def __init__(self, rows, pages, cap, share=1.0, seed=0, whole=True):
        random = np.random.default_rng(seed)
        self.rows, self.pages, self.whole = rows, pages, whole
        chosen, labels, weights, folds, words, owners = [], [], [], [], [], []
        for index, page in enumerate(pages):
            known = np.flatnonzero(page.labels >= 0)
            taken = known if len(known) <= cap else np.sort(random.choice(known, cap, replace=False))
            weight = np.sqrt(page.weights + 0.5)
            weight = weight / np.sqrt(weight[known].sum() + 1) * 5 * share * (len(known) / max(1, len(taken)))
            chosen.append(taken + page.first)
            labels.append(page.labels[taken])
            weights.append(weight[taken])
            folds.append(np.full(len(taken), page.fold))
            words.append(page.weights[taken] * (len(known) / max(1, len(taken))))
            owners.append(np.full(len(taken), index))
        self.chosen, self.labels = np.concatenate(chosen), np.concatenate(labels)
        self.weights, self.folds = np.concatenate(weights), np.concatenate(folds)
        self.words, self.owners = np.concatenate(words), np.concatenate(owners)


def fit(parts, params, trees, without=None, log_trees=None):
    """A model of all parts, or of all folds but one; trees after the first `log_trees` follow the pages' F1."""
    x, y, w, whole, words, owners = [], [], [], [], [], []
    for number, part in enumerate(parts):
        use = part.folds != without if without is not None else np.ones(len(part.folds), bool)
        x.append(part.rows.blocks[part.chosen[use]])
        y.append(part.labels[use])
        w.append(part.weights[use])
        whole.append(np.full(use.sum(), part.whole))
        words.append(part.words[use])
        owners.append(part.owners[use] + (number << 20))
    x, y, w = np.concatenate(x), np.concatenate(y), np.concatenate(w)
    first = log_trees or trees
    data = lgb.Dataset(x, y, weight=w, free_raw_data=False)
    model = lgb.train(params, data, first)
    if first == trees:
        return model
    loss = PageLoss(y, w, np.concatenate(whole), np.concatenate(words), np.concatenate(owners))
    data.set_init_score(model.predict(x, raw_score=True))
    return Chain(model, lgb.train(dict(params, objective=loss), data, trees - first))


class PageLoss:
    """The log loss of blocks, and the F1 that a page would have if each block were kept with its probability.

    With right = sum(p y words), chosen = sum(p words) and truth = sum(y words), F = 2 right / (chosen + truth), and
    dF/dp = 2 words (y - F / 2) / (chosen + truth). Blocks count by what they do to their page: those of a page that is
    right already, or lost, weigh little.
    """

    def __init__(self, labels, weights, whole, words, owners):
        self.labels, self.weights, self.words = labels.astype(float), weights, words
        _, self.owners = np.unique(owners, return_inverse=True)
        self.truth = self.sum(self.labels * words)
        self.counts = whole & (self.truth > 0)[self.owners]
        self.log_weights = np.where(whole, LOG_SHARE, 1) * weights

    def sum(self, values):
        return np.bincount(self.owners, values)

    def __call__(self, scores, _):
        p = 1 / (1 + np.exp(-scores))
        both = np.maximum(1, self.sum(p * self.words) + self.truth)
        f1 = 2 * self.sum(p * self.labels * self.words) / both
        slope = PAGE_SHARE * self.counts * 2 * self.words * (self.labels - f1[self.owners] / 2) / both[self.owners]
        spread = p * (1 - p)
        return (p - self.labels) * self.log_weights - slope * spread, spread * (self.log_weights + np.abs(slope))


class Chain:
    """Two models whose sums add up."""

    def __init__(self, first, second):
        self.first, self.second = first, second

    def predict(self, x, num_iteration=None, raw_score=True):
        sums = self.first.predict(x, raw_score=True, num_iteration=num_iteration)
        return sums if num_iteration else sums + self.second.predict(x, raw_score=True)

    def feature_importance(self, kind):
        return self.first.feature_importance(kind) + self.second.feature_importance(kind)

    def dump_model(self):
        return dict(tree_info=self.first.dump_model()["tree_info"] + self.second.dump_model()["tree_info"])


class Mean:
    """The mean of models; the first trees are those of each in turn."""

    def __init__(self, models):
        self.models = models

    def predict(self, x, num_iteration=None, raw_score=True):
        each = num_iteration // len(self.models) if num_iteration else None
        return sum(m.predict(x, raw_score=True, num_iteration=each) for m in self.models) / len(self.models)

    def feature_importance(self, kind):
        return sum(m.feature_importance(kind) for m in self.models)


def predict(model, x):
    sums = model.predict(x, num_iteration=FIRST_TREES, raw_score=True)
    open_rows = np.flatnonzero(np.abs(sums) < DECIDED)
    if len(open_rows):
        sums[open_rows] = model.predict(x[open_rows], raw_score=True)
    return 1 / (1 + np.exp(-sums))


_shared = {}


def _fold(fold):
    started = time.time()
    models = [fit(parts, _shared["params"], _shared["trees"], without=fold, log_trees=_shared["log_trees"])
              for parts in _shared["learns"]]
    model = models[0] if len(models) == 1 else Mean(models)
    out = []
    for part in _shared["score"]:
        row_folds = np.concatenate([np.full(p.count, p.fold) for p in part.pages])
        index = np.flatnonzero(row_folds == fold)
        out.append((index, predict(model, part.rows.blocks[index])))
    print(f"  fold {fold} {time.time() - started:.0f} s", flush=True)
    return out, model.feature_importance("gain")


def cross_validate(parts, params, trees, score=None, log_trees=None, also=None):
    """Probabilities of every row of the scored parts by a model that has not seen its host, and the gains. With `also`, some
    of the parts, by the mean of a model of all and one of these."""
    score = score or parts
    learns = [parts] + ([also] if also else [])
    _shared.update(learns=learns, params=params, trees=trees, score=score, log_trees=log_trees)
    with get_context("fork").Pool(2) as pool:
        results = pool.map(_fold, range(FOLDS), chunksize=1)
    out = [np.zeros(len(p.rows.blocks)) for p in score]
    for parts_out, _ in results:
        for target, (index, values) in zip(out, parts_out):
            target[index] = values
    return out, sum(gain for _, gain in results)


def keep_of(page, probabilities):
    return choose_by(probabilities[page.first : page.first + page.count], page.weights, *page.beta)


def report(title, pages, probabilities):
    scores = np.array([bag_score(p, keep_of(p, probabilities)) for p in pages])
    kinds, folds = np.array([p.type for p in pages]), np.array([p.fold for p in pages])
    mean = scores.mean(0)
    result = dict(
        pages=len(pages), f1=mean[2], precision=mean[0], recall=mean[1],
        types={t: scores[kinds == i, 2].mean() for i, t in enumerate(TYPES) if (kinds == i).any()},
        folds=[scores[folds == k, 2].mean() for k in range(FOLDS)])
    print(f"{title}: F1 {mean[2]:.4f} precision {mean[0]:.4f} recall {mean[1]:.4f}")
    print("  " + " ".join(f"{t} {v:.3f}" for t, v in result["types"].items()))
    print("  folds " + " ".join(f"{v:.4f}" for v in result["folds"]), flush=True)
    return result, scores


def report_snippets(pages, probabilities, title="snippets"):
    found, missed, wrong = np.array([snippet_counts(p, keep_of(p, probabilities)) for p in pages]).sum(0)
    precision, recall = found / (found + wrong), found / (found + missed)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"{title}: F1 {f1:.4f} precision {precision:.4f} recall {recall:.4f}", flush=True)
    return dict(pages=len(pages), f1=f1, precision=precision, recall=recall)


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("tool", "wcxb", "snippets", "lines", "out"):
        a.add_argument(f"--{name}", type=Path, required=True)
    a.add_argument("--work", type=Path, help="keeps unpacked pages, rows and labels")
    a.add_argument("--no-cv", action="store_true")
    a.add_argument("--only", choices=("types", "blocks", "lines"), help="blocks: with the types")
    o = a.parse_args()
    scratch = None if o.work else tempfile.TemporaryDirectory()
    work = o.work or Path(scratch.name)
    work.mkdir(parents=True, exist_ok=True)
    o.out.mkdir(parents=True, exist_ok=True)
    scores_path = o.out / "scores.json"
    scores = json.loads(scores_path.read_text()) if scores_path.exists() else {}

    def tool(kind, source, target, *more):
        subprocess.run([o.tool, kind, work / source, work / target, *more], check=True)
        return Rows(work / target, "block" if kind == "html" else "line")

    unpack(o.wcxb, work / "wcxb")
    rows = tool("html", "wcxb", "rows-wcxb", "--dumps", work / "dumps")
    pages = load_wcxb(rows, o.wcxb, work)
    if o.only != "lines":
        kinds, hosts, folds = (np.array([getattr(p, name) for p in pages]) for name in ("type", "host", "fold"))
        known = rows.pages, rows.page_words(), kinds, hosts, folds
        types = page_types.Types(*known)
        types.write(rows.names["page"], o.out / "types.bin")
        probabilities = page_types.held_out_probabilities(*known)
        scores["types"] = page_types.report(probabilities, kinds)
    if o.only not in ("types", "lines"):
        unpack(o.snippets, work / "snippets")
        snippet_rows = tool("html", "snippets", "rows-snippets", "--dumps", work / "snippet-dumps")
        snippets = load_snippets(snippet_rows, o.snippets)
        snippet_types = types.predict(snippet_rows.pages, snippet_rows.page_words())
        for some, known, values in ((rows, pages, probabilities), (snippet_rows, snippets, snippet_types)):
            some.blocks[:, -len(TYPES):] = np.repeat(values, [p.count for p in known], 0)
            for page, value in zip(known, values):
                page.beta = ARTICLE_BETA if value[0] > LIKELY else BETA
        parts = [Part(rows, pages, BLOCK_CAP), Part(snippet_rows, snippets, BLOCK_CAP, share=0.5, whole=False)]
        if not o.no_cv:
            (main_out, snippet_out), gains = cross_validate(parts, BLOCK, BLOCK_TREES, log_trees=LOG_TREES)
            scores["blocks"], _ = report("blocks", pages, main_out)
            scores["snippets"] = report_snippets(snippets, snippet_out)
            np.save(work / "cv-blocks.npy", main_out)
            np.save(work / "cv-snippets.npy", snippet_out)
            order = np.argsort(-gains)
            (work / "gains.txt").write_text(
                "\n".join(f"{gains[i] / gains.sum():.5f} {rows.names['block'][i]}" for i in order))
        model = fit(parts, BLOCK, BLOCK_TREES, log_trees=LOG_TREES)
        print("blocks.bin", forest.write([model], rows.names["block"], o.out / "blocks.bin"), "bytes")
        del parts, snippet_rows
    del rows
    if o.only not in ("types", "blocks"):
        flatten.flatten(work / "wcxb", work / "inscriptis", [flatten.by_inscriptis])
        flatten.flatten(work / "wcxb", work / "others", [flatten.by_nodes, flatten.wrapped])
        own_rows, other_rows = tool("dump", "dumps", "rows-dumps"), tool("dump", "inscriptis", "rows-inscriptis")
        own, other = load_wcxb(own_rows, o.wcxb, work), load_wcxb(other_rows, o.wcxb, work)
        third_rows = tool("dump", "others", "rows-others")
        third = load_wcxb(third_rows, o.wcxb, work)
        (work / "lines").mkdir(exist_ok=True)
        for file in o.lines.glob("*.tsv"):
            lines = [row.split("\t", 1)[1] for row in file.read_text("utf-8").split("\n") if row]
            (work / "lines" / f"{file.stem}.txt").write_text("\n".join(lines) + "\n", "utf-8")
        line_rows = tool("dump", "lines", "rows-lines")
        labelled = load_lines(line_rows, o.wcxb, o.lines)
        # Text that is clean already: all of it is content, so that cleaning twice changes nothing.
        (work / "truths").mkdir(exist_ok=True)
        for page in own:
            if page.truth:
                (work / "truths" / f"{page.id}.txt").write_text(page.truth_json["main_content"], "utf-8")
        truth_rows = tool("dump", "truths", "rows-truths")
        truths = load_wcxb(truth_rows, o.wcxb, work)
        for page in truths:
            page.labels[:] = 1
        parts = [Part(own_rows, own, LINE_CAP), Part(other_rows, other, LINE_CAP, seed=1),
                 Part(third_rows, third, LINE_CAP, seed=2),
                 Part(line_rows, labelled, LINE_CAP, share=8), Part(truth_rows, truths, LINE_CAP, share=0.3)]
        # Of other languages there are pages with a few snippets only: what the blocks' model keeps of them teaches lines.
        if o.only == "lines":
            snippets = load_snippets(Rows(work / "rows-snippets"), o.snippets)
        kept_by = np.load(work / "cv-snippets.npy")
        flatten.flatten(work / "snippets", work / "snippet-inscriptis", [flatten.by_inscriptis])
        flatten.flatten(work / "snippets", work / "snippet-others", [flatten.by_nodes, flatten.wrapped])
        foreign = []
        for seed, manner in enumerate(("dumps", "inscriptis", "others")):
            manner_rows = tool("dump", f"snippet-{manner}", f"rows-snippet-{manner}")
            foreign.append(Part(manner_rows, load_kept(manner_rows, snippets, kept_by, work), LINE_CAP, share=0.5, seed=seed + 3))
        for part in parts + foreign:
            for page in part.pages:
                page.beta = LINE_BETA
        # One model of every manner and language, and one of our own dumps and what people labelled: the mean of the two
        # loses less of the labelled dumps than the first and knows more dumps than the second.
        own_kind = [parts[0], parts[3], parts[4]]
        if not o.no_cv:
            (own_out, other_out, third_out, line_out, truth_out, *foreign_out), gains = cross_validate(
                parts + foreign, BLOCK, LINE_TREES, also=own_kind)
            scores["dumps"], _ = report("dumps", own, own_out)
            scores["inscriptis"], _ = report("dumps by inscriptis", other, other_out)
            scores["others"], _ = report("dumps of nodes or wrapped", third, third_out)
            scores["labelled"], _ = report("labelled dumps", labelled, line_out)
            scores["clean"], _ = report("clean texts", truths, truth_out)
            for name, part, out in zip(("foreign", "foreign inscriptis", "foreign others"), foreign, foreign_out):
                scores[name] = report_snippets(part.pages, out, f"{name} dumps")
            np.save(work / "cv-dumps.npy", own_out)
            order = np.argsort(-gains)
            (work / "gains-lines.txt").write_text(
                "\n".join(f"{gains[i] / gains.sum():.5f} {own_rows.names['line'][i]}" for i in order))
        models = [fit(of, BLOCK, LINE_TREES) for of in (parts + foreign, own_kind)]
        print("lines.bin", forest.write(models, own_rows.names["line"], o.out / "lines.bin"), "bytes")
    scores_path.write_text(json.dumps(scores, indent=1, default=float) + "\n")


if __name__ == "__main__":
    main()
