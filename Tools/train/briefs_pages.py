#!/usr/bin/env python3
"""Make training texts of web pages: the cleaned text, with what the page's head says of it as the reference.

    python3 Tools/train/briefs_pages.py --pages DIR --out DATA/pages [--tool .build/release/winnow]

News desks' summaries teach nothing of manuals, shops and services, whose pages are long and say first what they
are. A description that the text repeats, or that is cut off, is no summary: such pages are left out.
"""
import argparse
import json
import os
import re
import subprocess
import tempfile
from urllib.parse import urlparse


def is_summary(description, text):
    flat = re.sub(r"\s+", " ", text)
    return len(description.split()) >= 12 and not description.endswith(("…", "...", "]")) and description[:50] not in flat


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--pages", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--tool", default=".build/release/winnow")
    args = ap.parse_args()
    os.makedirs(args.out, exist_ok=True)
    with tempfile.TemporaryDirectory() as clean:
        subprocess.run([args.tool, "clean", args.pages, "--format", "json", "--out", clean], check=True, stdout=subprocess.DEVNULL)
        for name in sorted(os.listdir(clean)):
            with open(f"{clean}/{name}", encoding="utf-8") as f:
                page = json.load(f)
            text, description = page.get("text") or "", (page.get("description") or "").strip()
            english = (page.get("language") or "").startswith("en")
            if not english or len(text.split()) < 200 or not is_summary(description, text):
                continue
            # One host's pages fall on one side of every split: they are hashed by what stands behind the "@".
            host = (urlparse(page.get("url") or "").hostname or name).removeprefix("www.").replace(".", "_")
            for kind, content in (("", text), (".ref", description), (".title", page.get("title"))):
                if content:
                    with open(f"{args.out}/{name.removesuffix('.json')}@{host}{kind}.txt", "w", encoding="utf-8") as f:
                        f.write(content)


if __name__ == "__main__":
    main()
