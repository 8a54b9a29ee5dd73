#!/usr/bin/env python3
"""Scores the winnow binary on annotated pages, and compares with the floors that the repository pins.

  evaluate.py --binary .build/release/winnow --data DIR --floors Tools/evaluate/floors.json --name wcxb-dev

DIR is WCXB-shaped: html/ID.html.gz and ground-truth/ID.json. The score is the benchmark's: precision, recall and F1
over the lower-cased words of each page, averaged over pages; `with` and `without` are the shares of required snippets
present and of forbidden ones absent. With --dumps it is that of the pages' text dumps. The exit code is 1 where a figure
lies below its floor.

--raise writes figures that lie above their floors (less --margin) as the new floors. --lower is needed to lower one:
a change that costs quality is then a line in the diff that somebody reads.
"""
import argparse, json, re, subprocess, sys, tempfile
from collections import Counter, defaultdict
from pathlib import Path


def words(text):
    return Counter(re.findall(r"\w+", text.lower()))


def prf(predicted, truth):
    p, t = words(predicted), words(truth)
    if not t:
        return (1.0, 1.0, 1.0) if not p else (0.0, 0.0, 0.0)
    common = sum((p & t).values())
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / sum(p.values()), common / sum(t.values())
    return precision, recall, 2 * precision * recall / (precision + recall)


def squash(text):
    return " ".join(text.lower().split())


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--binary", type=Path, required=True)
    a.add_argument("--data", type=Path, required=True)
    a.add_argument("--dumps", type=Path, help="clean ID.html.txt of this folder, as winnow-features writes it, in place of the HTML")
    a.add_argument("--markdown", action="store_true", help="score what a reader sees of the dumps, without marks and targets")
    a.add_argument("--floors", type=Path, default=Path(__file__).with_name("floors.json"))
    a.add_argument("--name", help="the floors' entry; without it figures are only printed")
    a.add_argument("--raise", dest="raises", action="store_true")
    a.add_argument("--lower", action="store_true")
    a.add_argument("--margin", type=float, default=0.002)
    a.add_argument("--worst", type=int, default=0, help="list the N worst pages")
    o = a.parse_args()
    pages = sorted(p.stem for p in (o.data / "ground-truth").glob("*.json"))
    if o.dumps:
        pages = [page for page in pages if (o.dumps / f"{page}.html.txt").exists()]
    rows, kinds, hits = [], defaultdict(list), [0, 0, 0, 0]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "out")
        result = subprocess.run([o.binary, "clean", o.dumps or o.data / "html", "--out", target,
                                 *(("--format", "json") if o.markdown else ())])
        if result.returncode not in (0, 1):
            sys.exit(f"winnow ended with {result.returncode}")
        for page in pages:
            annotation = json.loads((o.data / "ground-truth" / f"{page}.json").read_text("utf-8"))
            truth, kind = annotation["ground_truth"], annotation["_internal"]["page_type"]["primary"]
            files = [target / f"{page}.html.txt", target / f"{page}.txt"]
            if o.markdown:
                files = [f.with_suffix(".json") for f in files]
            text = next((f.read_text("utf-8") for f in files if f.exists()), "")
            if o.markdown and text:
                text = "\n".join(block["text"] for block in json.loads(text)["blocks"])
            score = prf(text, truth.get("main_content") or "")
            flat = squash(text)
            for snippet in truth.get("with") or []:
                hits[0] += squash(snippet) in flat
                hits[1] += 1
            for snippet in truth.get("without") or []:
                hits[2] += squash(snippet) not in flat
                hits[3] += 1
            rows.append((score[2], page, kind))
            kinds[kind].append(score)
    scores = [s for kind in kinds.values() for s in kind]
    figures = {name: sum(s[i] for s in scores) / len(scores) for i, name in enumerate(("precision", "recall", "f1"))}
    figures.update({"with": hits[0] / max(1, hits[1]), "without": hits[2] / max(1, hits[3])})
    figures.update({f"f1 {kind}": sum(s[2] for s in kinds[kind]) / len(kinds[kind]) for kind in sorted(kinds)})
    for f1, page, kind in sorted(rows)[: o.worst]:
        print(f"  {page} {kind} {f1:.3f}")
    floors = json.loads(o.floors.read_text()) if o.floors.exists() else {}
    pinned = floors.setdefault(o.name, {}) if o.name else {}
    below = []
    for name, value in figures.items():
        floor = pinned.get(name)
        mark = "" if floor is None else f"  floor {floor:.4f}" + ("" if value >= floor else "  BELOW")
        print(f"{name:18} {value:.4f}{mark}")
        if floor is not None and value < floor:
            below.append(name)
        wanted = round(value - o.margin, 4)
        if o.name and ((o.raises and (floor is None or wanted > floor)) or (o.lower and floor is not None and value < floor)):
            pinned[name] = wanted
    if o.raises or o.lower:
        o.floors.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n")
    sys.exit(1 if below and not o.lower else 0)


if __name__ == "__main__":
    main()
