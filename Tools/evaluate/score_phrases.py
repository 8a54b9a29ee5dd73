#!/usr/bin/env python3
"""Score the rules on a list of prompts: how many are found when each stands alone as a line of a page.

PHRASES has a header and rows `family<TAB>language<TAB>phrase<TAB>pages`; the language of phrases that belong to
none is `mul`. Each phrase becomes a page of its own, a line between paragraphs that no rule speaks of, as a text
dump or, with --html, as a <p>. The rules run alone (`--no-model`); a finding counts whether it removes or only flags.

  any     some rule found the phrase
  right   and gave it a family that fits (FITS below: lists name families otherwise than Winnow, and a button such as
          "email" belongs to several)
  first   and gave it the first of those

Left out is what the notes beside the list call unsafe as a line of its own (UNSAFE below); `everything` scores that
too. A third of the rows, drawn with a fixed seed, is `held`: write rules while looking at `work` only, which is
why --misses shows no others.

  score_phrases.py --tool winnow --phrases FILE [--rules DIR] [--html] [--misses]
  score_phrases.py ... --floors            exit 1 where a figure has fallen below phrases-floors.json
  score_phrases.py ... --floors --raise    raise the floors to today's figures
"""
import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from html import escape
from pathlib import Path

FLOORS = Path(__file__).with_name("phrases-floors.json")
SEED = 20261124
BEFORE = ["The ferry left the harbour a little after six, with eleven people and a piano on board.",
          "Nobody had told the captain how heavy the instrument was, and he did not ask.",
          "By noon the wind had turned, so that they had to wait behind the island until it dropped."]
AFTER = ["The piano reached the school in the evening, dry but for one of its legs.",
         "It has been tuned twice since then, and the children say that it still smells of salt.",
         "In spring the captain came to hear it, and stood by the door with his cap in his hands."]

FITS = {
    "newsletter": ("signup", "comments", "navigation"),
    "cookie": ("consent", "legal"),
    "paywall": ("paywall", "navigation", "signup", "related"),
    "share": ("share", "signup", "comments", "navigation", "other"),
    "related": ("related", "navigation", "meta"),
    "comments": ("comments", "signup", "navigation"),
    "app": ("app",),
    "ad": ("ads", "consent", "legal"),
    "affiliate": ("ads", "navigation"),
    "skip-nav": ("navigation", "related", "legal", "comments"),
    "login": ("navigation", "signup", "paywall", "comments"),
    "form": ("signup", "other", "comments", "navigation", "consent"),
    "copyright": ("legal", "navigation", "consent", "meta", "other"),
    "syndication": ("legal", "meta", "comments", "navigation"),
    "timestamp": ("meta", "navigation", "player"),
    "donate": ("donate", "navigation"),
    "ai-audio": ("ai-notice", "player"),
    "ai-text": ("ai-notice", "related"),
    "js": ("error", "player", "comments"),
    "bot": ("error",),
}

# Families, what of them is unsafe alone, why.
UNSAFE = [
    ("ad", r"\banzeigen\b", "the verb, or a menu entry"),
    ("ad", r"^advertising$|\w advertising$|^advertising \w+$|email marketing", "a menu entry, or a topic"),
    ("affiliate", r"^(?!.*(?:commission.*(?:link|purchas|buy)|(?:link|purchas|buy).*commission|contains? affiliate))",
     "affiliates need a commission and links or purchases"),
    ("js", r"^(?!.*(?:enable|disable|turn(?:ed)? on|require|support|upgrade|aktivier|activ|habilit|włącz|attiv|schakel"
           r"|увімкн|ввімкн|включ|abilit|zapn|povol|slå|etkinleş|有効|启用|تفعيل))", "JavaScript as a topic"),
    ("bot", r"just a moment|\b404\b|not found|captcha|security c", "a bot wall needs two signals and a small page"),
    ("app", r"\bapps? (?:development|design|extensions?)|^(?:add|build|deploying|what|web) .*\bapps?\b|^mobile apps .* of",
     "apps as a topic"),
    ("syndication", r"reuters", "a topic, and a name"),
    ("*", r"^(?:key takeaways|key points|at a glance|tl;dr|summary|see also|print|next|read|select|required|post)$",
     "a heading or word of real pages"),
    ("ai-text", r"at a glance|key takeaways", "heads what authors wrote"),
]


def unsafe(family, phrase):
    return next((why for who, what, why in UNSAFE if who in (family, "*") and re.search(what, phrase.casefold())), None)


def page(phrase, html):
    if not html:
        return "\n\n".join([*BEFORE, phrase, *AFTER]) + "\n"
    body = "\n".join(f"<p>{escape(t)}</p>" for t in [*BEFORE, phrase, *AFTER])
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>The piano</title></head><body>\n{body}\n</body></html>\n"


def families(o, phrases):
    """The family that was found for each phrase, or None."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        source, report = Path(folder, "in"), Path(folder, "findings.jsonl")
        source.mkdir()
        for n, phrase in enumerate(phrases):
            (source / f"{n:05}.{'html' if o.html else 'txt'}").write_text(page(phrase, o.html), "utf-8")
        more = ["--rules", o.rules] if o.rules else []
        subprocess.run([o.tool, "lint", source, "--no-model", "--fail-on", "never", "--format", "jsonl", "--output",
                        report, *more], check=True)
        line = 2 + len(BEFORE) if o.html else 1 + 2 * len(BEFORE)
        for finding in map(json.loads, filter(None, report.read_text("utf-8").split("\n"))):
            if finding.get("line") == line:
                found.setdefault(int(finding["page"][:5]), finding["family"])
    return [found.get(n) for n in range(len(phrases))]


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--tool", required=True)
    a.add_argument("--phrases", type=Path, required=True)
    a.add_argument("--rules")
    a.add_argument("--html", action="store_true")
    a.add_argument("--misses", action="store_true", help="list what is not right, of the rows that are not held")
    a.add_argument("--floors", action="store_true")
    a.add_argument("--raise", dest="lift", action="store_true")
    o = a.parse_args()
    rows = [r.split("\t") for r in o.phrases.read_text("utf-8").split("\n")[1:] if r]
    held = set(random.Random(SEED).sample(range(len(rows)), len(rows) // 3))
    total, any_, right, first, misses, reasons = Counter(), Counter(), Counter(), Counter(), [], Counter()
    for n, (row, said) in enumerate(zip(rows, families(o, [r[2] for r in rows]))):
        family, language, phrase = row[:3]
        part, why = "held" if n in held else "work", unsafe(family, phrase)
        keys = ["everything"]
        if why:
            reasons[why] += 1
        else:
            keys += ["all", part, f"{part}, {'mul' if language == 'mul' else 'languages'}", f"  {family}", f"    {language}"]
        for key in keys:
            total[key] += 1
            any_[key] += said is not None
            right[key] += said in FITS[family]
            first[key] += said == FITS[family][0]
        if not why and said not in FITS[family] and part == "work":
            misses.append((family, language, phrase, said or "-"))
    for why, count in reasons.items():
        print(f"left out {count:4}  {why}")
    for key in sorted(total, key=lambda k: (k.startswith("    "), k.startswith(" "), k)):
        print(f"{key:18} {total[key]:5}  any {any_[key] / total[key]:.3f}  right {right[key] / total[key]:.3f}"
              f"  first {first[key] / total[key]:.3f}")
    if o.misses:
        for miss in sorted(misses):
            print(*miss, sep="\t")
    now = {key: round(right[key] / total[key], 4) for key in ("all", "work", "held", "everything")}
    floors = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    if o.floors and o.lift:
        FLOORS.write_text(json.dumps({k: max(v, floors.get(k, 0)) for k, v in now.items()}, indent=2) + "\n")
    elif o.floors:
        fallen = {k: (now[k], v) for k, v in floors.items() if now[k] < v}
        print("fallen:", fallen) if fallen else print("no figure has fallen")
        sys.exit(bool(fallen))


if __name__ == "__main__":
    main()
