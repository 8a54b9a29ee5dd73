#!/usr/bin/env python3
"""Score titles, authors and dates of a pages.jsonl against annotated pages.

DATA is one of the two shapes that the benchmarks have:
  ground-truth/ID.json     with ground_truth.title, .author, .publish_date and url
  truth.jsonl              with id, url, title, author, date
PAGES has one JSON object a line: page (its file name begins with ID), title, byline, date.

For each field: coverage (a value was given), precision (right among the given) and recall (right among
the annotated), all over the pages where the field is annotated; then `extra`, how many values were given
on pages that have none annotated. Values are equal when they are after NFKC, case folding and dropping
punctuation; a date when its day is. An author also counts as `names` when the same names stand in another
order or joined by other words, which is reported and not used for the gate.

Hosts are split in two parts by a hash of their name: rules are made while looking at `work` only, and
`held` says what they are worth elsewhere. The floors in metadata-floors.json hold for `all`.

  score_metadata.py --data DIR --pages FILE [--part work|held|all] [--misses FIELD] [--by-type]
  score_metadata.py --data DIR --pages FILE --floors NAME            exit 1 below a pinned floor
  score_metadata.py --data DIR --pages FILE --floors NAME --pin      raise the floors to today's figures
  ... --pin --lower                                                  the only way to lower one
"""
import argparse
import hashlib
import json
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

FLOORS = Path(__file__).with_name("metadata-floors.json")
FIELDS = ("title", "author", "date")
# Figures move in the third decimal when a page is added; a floor stands that much below what was measured.
SLACK = 0.002


def key(value):
    # Soft hyphens and other characters that nobody sees do not part words.
    seen = "".join(c for c in unicodedata.normalize("NFKC", value) if unicodedata.category(c) != "Cf")
    flat = " ".join(seen.split())
    return re.sub(r"\W+", " ", flat.casefold()).strip()


def names(value):
    """The set of names in an author: split at commas, semicolons, strokes and the words that join names."""
    parts = re.split(r"[,;|/&]|\b(?:and|und|et|y|e|i|en|och|og|и|та|і)\b", value.casefold())
    return {key(p) for p in parts if key(p)}


def text(value):
    """An annotation is a string, a list of strings or nothing."""
    return ", ".join(value) if isinstance(value, list) else value or ""


def same(field, said, true):
    if field == "date":
        return key(said)[:10] == key(true)[:10]
    return key(said) == key(true)


def host(url):
    name = urlsplit(url).hostname if "://" in url else re.sub(r"^\w+::", "", url).split("/")[0]
    name = name or url
    return name[4:] if name.startswith("www.") else name


def part(url):
    return "held" if hashlib.sha256(host(url).encode()).digest()[0] % 5 < 2 else "work"


def load_truth(data):
    if (data / "truth.jsonl").exists():
        for line in (data / "truth.jsonl").read_text("utf-8").split("\n"):
            if line:
                row = json.loads(line)
                yield row["id"], row["url"], "page", {f: text(row.get(f)) for f in FIELDS}
        return
    files = sorted((data / "ground-truth").glob("*.json"))
    if not files:
        sys.exit(f"{data}: neither truth.jsonl nor ground-truth/*.json")
    for file in files:
        row = json.loads(file.read_text("utf-8"))
        truth = row["ground_truth"]
        kind = row.get("_internal", {}).get("page_type", {}).get("primary", "page")
        values = (truth.get("title"), truth.get("author"), truth.get("publish_date"))
        yield file.stem, row["url"], kind, dict(zip(FIELDS, map(text, values)))


def load_pages(file):
    rows = {}
    for line in file.read_text("utf-8").split("\n"):
        if line:
            row = json.loads(line)
            rows[Path(row["page"]).name.split(".")[0]] = row
    return rows


def said(row, field):
    for name in ("byline", "author") if field == "author" else (field,):
        value = row.get(name)
        if isinstance(value, dict):
            value = value.get("text") or value.get("value")
        if value:
            return value
    return ""


def measure(truth, rows):
    """By field: the figures and the wrong pages."""
    result = {}
    for field in FIELDS:
        annotated = given = right = same_names = extra = 0
        wrong = []
        for page, url, kind, values in truth:
            value = said(rows.get(page, {}), field)
            true = values[field]
            if not true:
                extra += bool(value)
                continue
            annotated += 1
            given += bool(value)
            if value and same(field, value, true):
                right += 1
                same_names += 1
                continue
            same_names += bool(field == "author" and value and names(value) == names(true))
            wrong.append((page, url, kind, true, value, rows.get(page, {}).get(
                {"author": "byline"}.get(field, field) + "_source", "")))
        result[field] = {
            "annotated": annotated, "coverage": given / max(1, annotated), "precision": right / max(1, given),
            "recall": right / max(1, annotated), "names": same_names / max(1, annotated), "extra": extra,
            "wrong": wrong,
        }
    return result


def show(name, result):
    for field in FIELDS:
        r = result[field]
        more = f"  names {r['names']:.3f}" if field == "author" else ""
        print(f"{name:14} {field:6} annotated {r['annotated']:5}  coverage {r['coverage']:.3f}  precision "
              f"{r['precision']:.3f}  recall {r['recall']:.3f}  extra {r['extra']}{more}")


def gate(name, result, pin, lower):
    floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    pinned = floors.setdefault(name, {})
    below = []
    for field in FIELDS:
        for figure in ("precision", "recall"):
            label, value = f"{field}.{figure}", result[field][figure]
            floor = pinned.get(label, 0)
            if value < floor:
                below.append(f"{label} {value:.4f} is below its floor {floor:.4f}")
            if pin and (value - SLACK > floor or lower):
                pinned[label] = round(value - SLACK, 4)
    if below and not (pin and lower):
        print("\n".join(below), file=sys.stderr)
        sys.exit(1)
    if pin:
        FLOORS.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n", "utf-8")
        print(f"floors of {name}: {pinned}")


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=Path, required=True)
    a.add_argument("--pages", type=Path, required=True)
    a.add_argument("--part", choices=("work", "held", "all"))
    a.add_argument("--misses", choices=FIELDS, help="list the wrong values of a field, of part `work`")
    a.add_argument("--by-type", action="store_true")
    a.add_argument("--floors", metavar="NAME", help="compare with the floors pinned under NAME")
    a.add_argument("--pin", action="store_true", help="raise the floors to these figures")
    a.add_argument("--lower", action="store_true", help="with --pin: lower floors too")
    o = a.parse_args()
    truth = list(load_truth(o.data))
    rows = load_pages(o.pages)
    absent = sum(t[0] not in rows for t in truth)
    print(f"pages {len(truth)}, without a row {absent}")
    for p in (o.part,) if o.part else ("work", "held", "all"):
        chosen = [t for t in truth if p == "all" or part(t[1]) == p]
        show(p, measure(chosen, rows))
        if o.by_type:
            kinds = defaultdict(list)
            for t in chosen:
                kinds[t[2]].append(t)
            for kind in sorted(kinds):
                show(f"  {kind}", measure(kinds[kind], rows))
    if o.misses:
        chosen = [t for t in truth if part(t[1]) == (o.part or "work") or o.part == "all"]
        for page, url, kind, true, value, source in measure(chosen, rows)[o.misses]["wrong"]:
            print(f"{page} {kind} {url[:70]}\n    true {true}\n    said {value} [{source}]")
    if o.floors:
        gate(o.floors, measure(truth, rows), o.pin, o.lower)


if __name__ == "__main__":
    main()
