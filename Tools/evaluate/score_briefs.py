#!/usr/bin/env python3
"""Score briefs against reference summaries, on the texts that training has not seen.

    python3 Tools/evaluate/score_briefs.py --data DIR [--tool .build/release/winnow-sentences]

DIR holds the sets cnn-val, cnn-train, dailymail-train, xsum, id-news and pages as Tools/train/briefs.py reads them; its
`held_out` says which texts count (`--all` for the whole of a set). For each set and budget: ROUGE-1/2/Lsum F of the
brief and of the lead under the same budget (both by the tool's own sentences; Lsum by lines), the gain with a 95 %
paired bootstrap interval; then how often a brief breaks a promise: words past the budget, a sentence that the page
lacks or has later, an opener that points back at the start, a dateline left in, an unbalanced quotation mark.

    --floors            exit 1 where a gain falls below briefs-floors.json
    --floors --pin      raise the floors to today's figures, less a tenth of a point;  --lower to let one down

Needs rouge-score and numpy (Tools/train/requirements.txt).
"""
import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "train"))
import rouge_sets  # noqa: E402
from held_out import held_out  # noqa: E402
from rouge_score import rouge_scorer  # noqa: E402

CASES = [
    ("cnn-val", "en", "3s"), ("cnn-val", "en", "75w"), ("cnn-val", "und", "3s"), ("cnn-train", "en", "3s"),
    ("dailymail-train", "en", "3s"), ("xsum", "en", "1s"), ("id-news", "id", "50w"),
    ("pages", "en", "50w"),
]
OPENER = re.compile(r"^[\"'“‘]?(he|she|they|it|this|that|these|those|his|her|their|its|but|and|however|meanwhile|also)\b", re.I)
DATELINE = re.compile(r"^(?:[A-Z][\w.,' ]{0,40}\s)?\((?:CNN|Reuters|AP|AFP)\)|^[A-Z]{3,}[\w., ]{0,40} (?:--|—) ")


class Words:
    def __init__(self, english):
        self.english = english

    def tokenize(self, text):
        return rouge_sets.tokens(text, self.english)


def read(path):
    with open(path, encoding="utf-8", errors="replace") as f:
        return f.read()


def encoded_once(text):
    """A text that a crawler encoded twice, as the program reads it where there is enough to tell by; else the text."""
    try:
        once = text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
    return once if re.search("[\x80-\x9f]", text) or len(re.findall("[^\x00-\x7f]", once)) >= 20 else text


def briefs(args, name, language, budget, style):
    with tempfile.TemporaryDirectory() as out:
        start = time.time()
        subprocess.run(
            [args.tool, "brief", "--in", f"{args.data}/{name}", "--out", out, "--budget", budget, "--language", language,
             "--style", style, "--lines", "yes", "--no-title"], check=True)
        speed = len(os.listdir(out)) / (time.time() - start)
        return {f[:-4]: read(f"{out}/{f}").strip().split("\n") for f in os.listdir(out)}, speed


def broken(lines, text, budget, counts):
    """Counts the promises that a brief breaks."""
    flat = re.sub(r"\s+", " ", text)
    at = 0
    for line in lines:
        found = flat.find(re.sub(r"\s+", " ", line), at)
        if found < 0:
            counts["not verbatim or out of order"] += 1
        at = max(at, found)
    size, kind = int(budget[:-1]), budget[-1]
    words = sum(len(line.split()) for line in lines)
    counts["over budget"] += (len(lines) if kind == "s" else words) > size
    whole = len(re.sub(r"\s+", "", "".join(lines))) > 0.9 * len(re.sub(r"\s+", "", text))
    counts["dangling opener"] += bool(OPENER.match(lines[0])) and not whole
    counts["dateline left"] += bool(DATELINE.match(lines[0]))
    counts["unbalanced quotes"] += any(line.count('"') % 2 or line.count("“") != line.count("”") for line in lines) and not whole


def measure(args, name, language, budget):
    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeLsum"], tokenizer=Words(language != "id"))
    got, speed = briefs(args, name, language, budget, "model")
    lead, _ = briefs(args, name, language, budget, "lead")
    rows = []
    counts = dict.fromkeys(["not verbatim or out of order", "over budget", "dangling opener", "dateline left", "unbalanced quotes"], 0)
    for text in sorted(got):
        if not args.all and not held_out(name, text):
            continue
        folder = f"{args.data}/{name}/{text}"
        references = [read(p) for p in [f"{folder}.ref.txt"] + [f"{folder}.ref{k}.txt" for k in range(1, 20)] if os.path.exists(p)]
        references = [re.sub(r"(?<=[.!?]) ", "\n", r) for r in references]
        pair = []
        for lines in (got[text], lead[text]):
            all_scores = [scorer.score(r, "\n".join(lines)) for r in references]
            pair.append([100 * max(s[k].fmeasure for s in all_scores) for k in ("rouge1", "rouge2", "rougeLsum")])
        rows.append(pair)
        if got[text] != [""]:
            broken(got[text], encoded_once(read(f"{folder}.txt")), budget, counts)
    rng = random.Random(1)
    n = len(rows)
    result = {"texts": n, "docs/s": round(speed)}
    print(f"{name} {language} {budget}: {n} texts, {speed:.0f} texts a second with reading and writing")
    for k, measure_name in enumerate(("R1", "R2", "Lsum")):
        gains = [row[0][k] - row[1][k] for row in rows]
        draws = sorted(sum(rng.choices(gains, k=n)) / n for _ in range(1000))
        mean = [sum(row[side][k] for row in rows) / n for side in (0, 1)]
        result[measure_name] = sum(gains) / n
        print(f"  {measure_name:5} {mean[0]:6.2f}  lead {mean[1]:6.2f}  {sum(gains) / n:+.2f} [{draws[25]:+.2f}, {draws[974]:+.2f}]")
    print("  " + ", ".join(f"{what} {100 * count / n:.1f} %" for what, count in counts.items()))
    return result


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", required=True)
    ap.add_argument("--tool", default=".build/release/winnow-sentences")
    ap.add_argument("--all", action="store_true")
    ap.add_argument("--floors", action="store_true")
    ap.add_argument("--pin", action="store_true")
    ap.add_argument("--lower", action="store_true")
    args = ap.parse_args()
    path = os.path.join(HERE, "briefs-floors.json")
    floors = json.loads(read(path)) if os.path.exists(path) else {}
    failed = []
    for case in CASES:
        result, key = measure(args, *case), " ".join(case)
        for name in ("R1", "R2", "Lsum"):
            old = floors.get(key, {}).get(name)
            if args.floors and not args.pin and old is not None and result[name] < old:
                failed.append(f"{key}: gain in {name} is {result[name]:+.2f}, floor {old:+.2f}")
            if args.pin:
                new = round(result[name] - 0.1, 2)
                floors.setdefault(key, {})[name] = new if old is None or args.lower else max(old, new)
    if args.pin:
        with open(path, "w", encoding="utf-8") as f:
            json.dump(floors, f, indent=2, sort_keys=True)
            f.write("\n")
    for line in failed:
        print(line, file=sys.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
