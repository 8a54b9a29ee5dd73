#!/usr/bin/env python3
"""Trains the content models: one command from pages to Rules/models.

  train.py --tool .build/release/winnow-features --wcxb DIR --snippets DIR --lines DIR --out Rules/models

WCXB-shaped DIR: html/ID.html.gz and ground-truth/ID.json. Snippets DIR: html/ID.html.gz and truth.jsonl.
Lines DIR: ID.tsv with `label<TAB>line`, of pages of the first. All features come from the tool, so they are those of
the Swift code. Seeds are fixed. --work keeps rows and labels between runs; --no-cv skips the cross-validation, whose
figures go into the model card's table (printed, and written to scores.json beside the models). The lines' model learns from
rows that the tool writes with the odds of words that have not seen the host, and from what the cross-validated blocks' models
keep of pages with snippets. So --only lines needs in --work what --only words and --only blocks leave there.
"""
import argparse, gzip, json, os, subprocess, sys, tempfile, time
from functools import cached_property
from multiprocessing import get_context
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
import lightgbm as lgb
import numpy as np

import content_words
import forest
import flatten
import page_types
from data import (TYPES, Rows, bag_score, choose_surely, choose_unless_clean, load_dumps, load_kept, load_lines,
                  load_snippets, load_wcxb, snippet_counts, words)

COMMON = dict(verbose=-1, num_threads=1, seed=1, deterministic=True, force_row_wise=True, bagging_freq=1)
BLOCK = dict(COMMON, objective="binary", num_leaves=31, max_depth=8, learning_rate=0.08, feature_fraction=0.25,
             bagging_fraction=0.6, min_data_in_leaf=50, lambda_l2=5, max_bin=63)
BLOCK_TREES = 220
LINE_TREES = 160
FOLDS = 5
# As in Choice.swift and ContentScorer.swift, the balanced choice: by β; of what is this likely an article by a lower one,
# the second where the expected F1 is less than the third; of lines of a dump by the careful one where so little would go.
CHOICE, ARTICLE_CHOICE = choose_surely(0.9, 0.9, 0), choose_surely(0.6, 0.5, 0.95)
CAREFUL_BETA = 2.1
LINE_CHOICE = choose_unless_clean(0.9, CAREFUL_BETA, 0.05)
LIKELY = 0.8
FIRST_TREES, DECIDED = 60, 2.5  # as in Forest.swift: rows this far from 0 after so many trees need no more of them
LOG_TREES = 100  # of the blocks' model; the others follow the pages' F1
PAGE_SHARE, LOG_SHARE = 60, 0.3  # weights of a page's F1, and then of the log loss of its blocks
BLOCK_CAP, LINE_CAP = 450, 250  # rows a page at most; of longer pages a random part, weighted up


HTML = ("wcxb", "snippets")
MANNERS = ("dumps", "inscriptis", "others", "markdown")


class Sources:
    """The pages and their dumps in the work folder, and the rows that the tool writes of them."""

    names = ("wcxb", *MANNERS, "lines", "truths", "snippets", *(f"snippet-{manner}" for manner in MANNERS))

    def __init__(self, o, work):
        self.tool, self.wcxb, self.snippet_data, self.labels, self.work = o.tool, o.wcxb, o.snippets, o.lines, work
        for data, pages, prefix in zip((o.wcxb, o.snippets), HTML, ("", "snippet-")):
            unpack(data, work / pages)
            self.run("html", pages, "--dumps", work / f"{prefix}dumps")
            flatten.flatten(work / pages, work / f"{prefix}inscriptis", [flatten.by_inscriptis])
            flatten.flatten(work / pages, work / f"{prefix}others", [flatten.by_nodes, flatten.wrapped])
            flatten.flatten(work / pages, work / f"{prefix}markdown",
                            [flatten.by_html2text, flatten.by_html2text_broken, flatten.by_markdownify])
        (work / "lines").mkdir(exist_ok=True)
        for file in o.lines.glob("*.tsv"):
            lines = [row.split("\t", 1)[1] for row in file.read_text("utf-8").split("\n") if row]
            (work / "lines" / f"{file.stem}.txt").write_text("\n".join(lines) + "\n", "utf-8")
        # Text that is clean already: all of it is content, so that cleaning twice changes nothing.
        (work / "truths").mkdir(exist_ok=True)
        for file in (o.wcxb / "ground-truth").glob("*.json"):
            text = json.loads(file.read_text("utf-8"))["ground_truth"].get("main_content")
            if words(text):
                (work / "truths" / f"{file.stem}.txt").write_text(text, "utf-8")

    def run(self, kind, name, *more):
        subprocess.run([self.tool, kind, self.work / name, self.work / f"rows-{name}", *more], check=True)

    def odds(self, name):
        """The file of what words that have not seen a dump's host say of its lines."""
        return self.work / f"odds-{name}.f32"

    def rows(self, name):
        """What the tool writes of a folder; dumps by held-out odds where there are some."""
        if name not in HTML:
            odds = self.odds(name)
            self.run("dump", name, *(("--odds", odds) if odds.exists() else ()))
        return Rows(self.work / f"rows-{name}", "block" if name in HTML else "line")

    @cached_property
    def snippets(self):
        return load_snippets(self.rows("snippets"), self.snippet_data)

    def pages(self, name, rows):
        """The pages of such rows. Dumps of pages with snippets are not labelled: `load_kept` does that."""
        if name == "snippets":
            return self.snippets
        if name.startswith("snippet-"):
            return load_dumps(rows, self.snippets)
        if name == "lines":
            return load_lines(rows, self.wcxb, self.labels)
        pages = load_wcxb(rows, self.wcxb, self.work)
        for page in pages if name == "truths" else ():
            page.labels[:] = 1
        return pages


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
    return page.choose(probabilities[page.first : page.first + page.count], page.weights)


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


def train_words(sources, out):
    """Writes the model of words and, into the work folder, what models that have not seen its host say of a dump's line."""
    shares = dict(wcxb=1, snippets=2, dumps=1, lines=3, truths=0.1)  # of the others no words are learnt
    texts = {}
    for name in sources.names:
        sources.odds(name).unlink(missing_ok=True)
        rows = sources.rows(name)
        texts[name] = content_words.Texts(rows, sources.pages(name, rows), shares.get(name, 0))
    for name, odds in content_words.train(texts, out / "words.bin").items():
        if name not in HTML:
            odds.astype("<f4").tofile(sources.odds(name))


def train_blocks(sources, o, scores):
    rows, snippet_rows = sources.rows("wcxb"), sources.rows("snippets")
    pages, snippets = sources.pages("wcxb", rows), sources.pages("snippets", snippet_rows)
    kinds, hosts, folds = (np.array([getattr(p, name) for p in pages]) for name in ("type", "host", "fold"))
    known = rows.pages, rows.page_words(), kinds, hosts, folds
    types = page_types.Types(*known)
    types.write(rows.names["page"], o.out / "types.bin")
    probabilities = page_types.held_out_probabilities(*known)
    scores["types"] = page_types.report(probabilities, kinds)
    if o.only == "types":
        return
    snippet_types = types.predict(snippet_rows.pages, snippet_rows.page_words())
    for some, known, values in ((rows, pages, probabilities), (snippet_rows, snippets, snippet_types)):
        some.blocks[:, -len(TYPES):] = np.repeat(values, [p.count for p in known], 0)
        for page, value in zip(known, values):
            page.choose = ARTICLE_CHOICE if value[0] > LIKELY else CHOICE
    parts = [Part(rows, pages, BLOCK_CAP), Part(snippet_rows, snippets, BLOCK_CAP, share=0.5, whole=False)]
    if not o.no_cv:
        (main_out, snippet_out), gains = cross_validate(parts, BLOCK, BLOCK_TREES, log_trees=LOG_TREES)
        scores["blocks"], _ = report("blocks", pages, main_out)
        scores["snippets"] = report_snippets(snippets, snippet_out)
        np.save(sources.work / "cv-blocks.npy", main_out)
        np.save(sources.work / "cv-snippets.npy", snippet_out)
        write_gains(gains, rows.names["block"], sources.work / "gains.txt")
    model = fit(parts, BLOCK, BLOCK_TREES, log_trees=LOG_TREES)
    print("blocks.bin", forest.write([model], rows.names["block"], o.out / "blocks.bin"), "bytes")


def train_lines(sources, o, scores):
    shares = dict(dumps=1, inscriptis=1, others=1, markdown=1, lines=8, truths=0.3)
    parts = {}
    for seed, (name, share) in enumerate(shares.items()):
        rows = sources.rows(name)
        parts[name] = Part(rows, sources.pages(name, rows), LINE_CAP, share, seed)
    # Of other languages there are pages with a few snippets only: what the blocks' model keeps of them teaches lines.
    kept_by = np.load(sources.work / "cv-snippets.npy")
    for seed, manner in enumerate(MANNERS):
        rows = sources.rows(f"snippet-{manner}")
        pages = load_kept(rows, sources.snippets, kept_by, sources.work)
        parts[f"snippet-{manner}"] = Part(rows, pages, LINE_CAP, 0.5, seed + len(shares))
    for part in parts.values():
        for page in part.pages:
            page.choose = LINE_CHOICE
    every = list(parts.values())
    # One model of every manner and language, and one of our own dumps and what people labelled: the mean of the two
    # loses less of the labelled dumps than the first and knows more dumps than the second. Of Markdown, whose links only it
    # tells, the second needs to see a little.
    markdown = parts["markdown"]
    own_kind = [parts[name] for name in ("dumps", "lines", "truths")]
    own_kind.append(Part(markdown.rows, markdown.pages, LINE_CAP, 0.25, len(parts)))
    names = parts["dumps"].rows.names["line"]
    if not o.no_cv:
        outs, gains = cross_validate(every, BLOCK, LINE_TREES, also=own_kind)
        for (name, part), out in zip(parts.items(), outs):
            np.save(sources.work / f"cv-{name}.npy", out)
            if name in shares:
                scores[name], _ = report(name, part.pages, out)
            else:
                scores[name] = report_snippets(part.pages, out, name)
        write_gains(gains, names, sources.work / "gains-lines.txt")
    models = [fit(of, BLOCK, LINE_TREES) for of in (every, own_kind)]
    print("lines.bin", forest.write(models, names, o.out / "lines.bin"), "bytes")


def write_gains(gains, names, path):
    path.write_text("\n".join(f"{gains[i] / gains.sum():.5f} {names[i]}" for i in np.argsort(-gains)))


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("tool", "wcxb", "snippets", "lines", "out"):
        a.add_argument(f"--{name}", type=Path, required=True)
    a.add_argument("--work", type=Path, help="keeps unpacked pages, rows and labels")
    a.add_argument("--no-cv", action="store_true")
    a.add_argument("--only", choices=("words", "types", "blocks", "lines"), help="blocks: with the types")
    o = a.parse_args()
    scratch = None if o.work else tempfile.TemporaryDirectory()
    work = o.work or Path(scratch.name)
    work.mkdir(parents=True, exist_ok=True)
    o.out.mkdir(parents=True, exist_ok=True)
    scores_path = o.out / "scores.json"
    scores = json.loads(scores_path.read_text()) if scores_path.exists() else {}
    sources = Sources(o, work)
    if o.only in (None, "words"):
        train_words(sources, o.out)
    if o.only in (None, "types", "blocks"):
        train_blocks(sources, o, scores)
    if o.only in (None, "lines"):
        train_lines(sources, o, scores)
    scores_path.write_text(json.dumps(scores, indent=1, default=float) + "\n")


if __name__ == "__main__":
    main()
