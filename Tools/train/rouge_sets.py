"""ROUGE-1 and ROUGE-2 F of sets of a text's sentences, fast enough to weigh thousands of sets a text."""
import collections
import re

import numpy as np
from rouge_score import tokenizers

ENGLISH = tokenizers.DefaultTokenizer(True)
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")


def tokens(text, english):
    """Porter-stemmed [a-z0-9]+ for English, as rouge_score has it; else words as they are."""
    return ENGLISH.tokenize(text) if english else CJK.findall(text.lower())


def grams(words, n):
    return collections.Counter(zip(*[words[i:] for i in range(n)]))


class Judge:
    """Counts once what each sentence shares with each reference; one below `least` words counts as that long."""

    def __init__(self, sentences, references, english, least=0):
        words = [tokens(s, english) for s in sentences]
        self.sizes = [np.array([max(len(w) - n, 0) for w in words], np.float32) for n in (0, 1)]
        self.references = []
        for reference in references:
            ref = tokens(reference, english)
            both = []
            for n in (1, 2):
                want = grams(ref, n)
                keys = {g: k for k, g in enumerate(want)}
                counts = np.zeros((len(words), len(keys)), np.float32)
                for i, w in enumerate(words):
                    for g, c in grams(w, n).items():
                        if g in keys:
                            counts[i, keys[g]] = c
                both.append((counts, np.array(list(want.values()), np.float32), max(len(ref) - n + 1, least, 0)))
            self.references.append(both)

    def scores(self, sets):
        """(ROUGE-1, ROUGE-2) F for each set; the best reference counts, per measure."""
        best = np.zeros((2, len(sets)))
        sizes = np.array([len(chosen) for chosen in sets])
        for size in set(sizes):
            places = np.flatnonzero(sizes == size)
            chosen = np.array([sets[k] for k in places])
            for both in self.references:
                for n, (counts, want, total) in enumerate(both):
                    hits = np.minimum(counts[chosen].sum(1), want).sum(1)
                    length = np.maximum(self.sizes[n][chosen].sum(1) + total, 1)
                    best[n, places] = np.maximum(best[n, places], 2 * hits / length)
        return best

    def reward(self, sets):
        """What training maximises: the sum of both. Weighing ROUGE-2 up gained nothing out of fold."""
        return self.scores(sets).sum(0)
