"""Pages with features, labels and truth."""
import hashlib, json, pickle, unicodedata
from collections import Counter
from functools import cached_property
from multiprocessing import Pool
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np

from label import label, words

TYPES = ["article", "documentation", "service", "forum", "collection", "listing", "product"]


class Page:
    __slots__ = ("id", "host", "type", "truth", "tokens", "first", "count", "removed", "labels", "weights", "kinds", "fold", "row",
                 "truth_json", "texts", "choose")


class Rows:
    """What winnow-features wrote: blocks row by row, and pages."""

    def __init__(self, folder, width="block"):
        self.folder = folder = Path(folder)
        self.names = json.loads((folder / "names.json").read_text())
        self.width = len(self.names[width])
        self.pages = np.fromfile(folder / "pages.f32", "<f4").reshape(-1, len(self.names["page"]))
        self.lines = [json.loads(l) for l in (folder / "pages.jsonl").read_text("utf-8").split("\n") if l]

    @cached_property
    def blocks(self):
        return np.fromfile(self.folder / "blocks.f32", "<f4").reshape(-1, self.width)

    def block_words(self):
        """The keys of the words of each block."""
        return lists_of(self.folder / "keys.u32")

    def page_words(self):
        """The keys of the words that tell a page's type: a row a page, with an array of keys for each place."""
        lists = lists_of(self.folder / "words.u32")
        table = np.empty(len(lists), object)
        for n, keys in enumerate(lists):
            table[n] = keys
        return table.reshape(len(self.pages), -1)

    def pages_with_texts(self):
        """Pages in the rows' order, with what the rows say of them, and the texts of their blocks."""
        first = 0
        for index, line in enumerate(self.lines):
            page = Page()
            page.id = line["name"].split(".")[0]
            page.first, page.count, page.row = first, line["count"], index
            page.tokens = [words(t) for t in line["texts"]]
            page.weights = np.array([len(t) for t in page.tokens], np.float64)
            page.removed, page.kinds = np.array(line["removed"], bool), np.array(line["kinds"])
            first += page.count
            yield page, line["texts"]


def lists_of(path):
    """Arrays of numbers, each behind its length."""
    flat, lists, at = np.fromfile(path, "<u4"), [], 0
    while at < len(flat):
        end = at + 1 + int(flat[at])
        lists.append(flat[at + 1 : end])
        at = end
    return lists


def fold_of(host, folds=5):
    """Pages of one host are in one fold."""
    return int(hashlib.sha256(host.encode()).hexdigest(), 16) % folds


def host_of(url):
    """The registered domain, by the rule of thumb that a second label of up to three letters belongs to the suffix."""
    parts = (urlsplit(url.lstrip("x")).hostname or url).removeprefix("www.").split(".")
    return ".".join(parts[-2:] if len(parts) < 3 or len(parts[-2]) > 3 else parts[-3:])


def _label(job):
    tokens, truth = job
    return label(tokens, truth)


def load_wcxb(rows, data, cache=None):
    """Pages of a WCXB-shaped folder for the rows, in their order."""
    data = Path(data)
    pages = []
    for page, _ in rows.pages_with_texts():
        truth = json.loads((data / "ground-truth" / f"{page.id}.json").read_text("utf-8"))
        page.host = host_of(truth["url"])
        page.type = TYPES.index(truth["_internal"]["page_type"]["primary"])
        page.truth_json = truth["ground_truth"]
        page.truth = words(truth["ground_truth"].get("main_content"))
        page.fold = fold_of(page.host)
        pages.append(page)
    align(pages, cache)
    return pages


def align(pages, cache=None):
    """Gives the blocks of pages the labels that their truth asks for; kept in `cache`, as that takes minutes."""
    key = hashlib.sha256(repr([(p.id, p.count, int(p.weights.sum()), " ".join(p.truth)) for p in pages]).encode()).hexdigest()[:16]
    store = Path(cache, f"labels-{key}.pickle") if cache else None
    if store and store.exists():
        labels = pickle.loads(store.read_bytes())
    else:
        with Pool(2) as pool:
            labels = pool.map(_label, [(p.tokens, p.truth) for p in pages], chunksize=16)
        if store:
            store.write_bytes(pickle.dumps(labels))
    for page, one in zip(pages, labels):
        page.labels = np.array(one, np.int8)


def bag_score(page, keep):
    """Precision, recall and F1 over the words of the kept blocks, as WCXB defines them."""
    predicted = Counter()
    for index in np.flatnonzero(keep):
        predicted.update(page.tokens[index])
    truth = Counter(page.truth)
    if not truth:
        return (1.0, 1.0, 1.0) if not predicted else (0.0, 0.0, 0.0)
    common = sum((predicted & truth).values())
    if not common:
        return 0.0, 0.0, 0.0
    p, r = common / sum(predicted.values()), common / len(page.truth)
    return p, r, 2 * p * r / (p + r)


def choose(probabilities, weights, beta=1.0):
    """The blocks whose choice has the largest expected F (by the ratio of expectations), and that value."""
    if len(probabilities) == 0:
        return np.zeros(0, bool), 0.0
    order = np.argsort(-probabilities, kind="stable")
    p, w = probabilities[order], weights[order]
    expected = np.cumsum(p * w)
    b = beta * beta
    score = (1 + b) * expected / np.maximum(1e-9, np.cumsum(w) + b * (probabilities * weights).sum())
    best = int(np.argmax(score))
    keep = np.zeros(len(p), bool)
    keep[order[: best + 1]] = True
    return keep, float(score[best])


def choose_surely(beta, unsure_beta, sure):
    """The choice by `beta`, or by `unsure_beta` where the expected F1 of that is less than `sure`."""
    def chosen(probabilities, weights):
        keep = choose(probabilities, weights, beta)[0]
        both = weights[keep].sum() + (probabilities * weights).sum()
        if 2 * (probabilities * weights)[keep].sum() < sure * both:
            keep = choose(probabilities, weights, unsure_beta)[0]
        return keep
    return chosen


def choose_unless_clean(beta, careful_beta, least_chaff):
    """The choice by `beta`, or by `careful_beta` where that drops less than this share of the words."""
    def chosen(probabilities, weights):
        keep = choose(probabilities, weights, beta)[0]
        if weights[~keep].sum() < least_chaff * weights.sum():
            keep = choose(probabilities, weights, careful_beta)[0]
        return keep
    return chosen


def load_snippets(rows, data):
    """Pages of a snippet folder; labels are 1, 0 or, where no snippet tells, -1."""
    truth = {}
    for line in (Path(data) / "truth.jsonl").read_text("utf-8").split("\n"):
        if line:
            row = json.loads(line)
            truth[row["id"]] = row
    pages = []
    for page, texts in rows.pages_with_texts():
        row = truth[page.id]
        url = row["url"].split("::")[-1]
        page.host = host_of(url if "://" in url else "http://" + url.split("-")[0])
        page.fold = fold_of(page.host)
        page.type, page.truth, page.truth_json = 0, [], row
        page.texts = [flat(t) for t in texts]
        page.labels = np.array([snippet_label(t, row) for t in page.texts], np.int8)
        pages.append(page)
    return pages


SURE = 0.6  # of what is kept of a page less than this likely to be right teaches nothing


def load_dumps(rows, snippets):
    """Dumps of the pages with snippets, in the rows' order and without labels."""
    known = {page.id: page for page in snippets}
    pages = []
    for page, texts in rows.pages_with_texts():
        html = known[page.id]
        page.host, page.fold, page.type, page.truth_json = html.host, html.fold, html.type, html.truth_json
        page.texts = [flat(t) for t in texts]
        page.labels = np.full(page.count, -1, np.int8)
        pages.append(page)
    return pages


def load_kept(rows, snippets, probabilities, cache=None):
    """Such dumps with labels. Their truth is what a blocks' model that has not seen their hosts would keep, corrected by
    the snippets; pages of which it is not sure are left out."""
    known = {page.id: page for page in snippets}
    pages = []
    for page in load_dumps(rows, snippets):
        html = known[page.id]
        p = probabilities[html.first : html.first + html.count].copy()
        p[html.labels == 1] = np.maximum(p[html.labels == 1], 0.97)
        p[html.labels == 0] = np.minimum(p[html.labels == 0], 0.03)
        keep, sure = choose(p, html.weights, 0.9)
        page.truth = [word for block in np.flatnonzero(keep) for word in html.tokens[block]]
        if sure >= SURE:
            pages.append(page)
    align(pages, cache)
    return pages


def flat(text):
    return " ".join(unicodedata.normalize("NFKC", text).split())


def snippet_label(text, row):
    def holds(snippet):
        snippet = flat(snippet)
        return snippet in text or (len(text) > 25 and text in snippet)

    wanted = any(holds(s) for s in row.get("with", []))
    unwanted = any(holds(s) for s in row.get("without", []))
    return 1 if wanted and not unwanted else 0 if unwanted and not wanted else -1


def snippet_counts(page, keep):
    """Wanted snippets found and missed, unwanted ones found."""
    text = " ".join(page.texts[i] for i in np.flatnonzero(keep))
    found = sum(flat(s) in text for s in page.truth_json.get("with", []))
    missed = len(page.truth_json.get("with", [])) - found
    return found, missed, sum(flat(s) in text for s in page.truth_json.get("without", []))


def load_lines(rows, wcxb, labels):
    """Pages of labelled dump lines; labels are 1 for content, 0 for chaff, -1 for meta."""
    pages = []
    for page, _ in rows.pages_with_texts():
        truth = json.loads((Path(wcxb) / "ground-truth" / f"{page.id}.json").read_text("utf-8"))
        page.host = host_of(truth["url"])
        page.fold = fold_of(page.host)
        page.type = TYPES.index(truth["_internal"]["page_type"]["primary"])
        page.truth, page.truth_json = words(truth["ground_truth"].get("main_content")), truth["ground_truth"]
        gold = [r.split("\t", 1) for r in (Path(labels) / f"{page.id}.tsv").read_text("utf-8").split("\n") if r]
        gold = [(kind, " ".join(text.split())) for kind, text in gold]
        gold = [kind for kind, text in gold if text]
        assert len(gold) == page.count, page.id
        page.labels = np.array([{"content": 1, "meta": -1}.get(kind, 0) for kind in gold], np.int8)
        pages.append(page)
    return pages
