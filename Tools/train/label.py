"""Labels blocks by aligning them with the annotated main content of their page."""
import re
from collections import Counter, defaultdict

WORD = re.compile(r"\w+")


def words(text):
    return WORD.findall((text or "").lower())


def label(blocks, truth):
    """1 for each block (a list of words) that belongs to `truth` (a list of words), else 0.

    Exact and three-word matches give places in the truth; the heaviest increasing chain of places wins,
    so that of two equal blocks the one in order is chosen; long blocks out of order follow as far as
    their words are still missing.
    """
    count = len(blocks)
    labels = [0] * count
    if not truth:
        return labels
    places = defaultdict(list)
    for i, word in enumerate(truth):
        places[word].append(i)
    shingles = {tuple(truth[i : i + 3]) for i in range(len(truth) - 2)}
    share = [0.0] * count
    candidates = []
    for index, block in enumerate(blocks):
        length = len(block)
        if not length:
            continue
        found = []
        if length <= 40:
            rarest = min(range(length), key=lambda j: len(places.get(block[j], ())))
            for place in places.get(block[rarest], ())[:60]:
                start = place - rarest
                if start >= 0 and truth[start : start + length] == block:
                    found.append(start)
                if len(found) >= 25:
                    break
        if found:
            share[index] = 1.0
        elif length >= 4:
            share[index] = sum(tuple(block[i : i + 3]) in shingles for i in range(length - 2)) / (length - 2)
            if share[index] >= 0.5:
                for i in range(length - 2):
                    three = block[i : i + 3]
                    if tuple(three) in shingles:
                        for place in places[three[0]][:200]:
                            if truth[place : place + 3] == three:
                                found.append(max(0, place - i))
                            if len(found) >= 5:
                                break
                        break
        for start in found:
            candidates.append((index, start, length))
    for index in _chain(candidates, share, len(truth)):
        labels[index] = 1
    missing = Counter(truth)
    for index, block in enumerate(blocks):
        if labels[index]:
            missing.subtract(block)
    for index in sorted(range(count), key=lambda i: -len(blocks[i])):
        block = blocks[index]
        if labels[index] or not block or share[index] < 0.6:
            continue
        overlap = sum(min(n, max(0, missing[word])) for word, n in Counter(block).items())
        if overlap >= 0.7 * len(block):
            labels[index] = 1
            missing.subtract(block)
    return labels


def _chain(candidates, share, length):
    """Blocks of the heaviest chain of candidates that follow one another; a Fenwick tree of maxima."""
    candidates.sort(key=lambda c: (c[0], -c[1]))
    size = length + 2
    tree = [(0.0, -1)] * (size + 1)
    best, previous = [0.0] * len(candidates), [-1] * len(candidates)

    def query(i):
        result = (0.0, -1)
        while i > 0:
            if tree[i][0] > result[0]:
                result = tree[i]
            i -= i & -i
        return result

    i = 0
    while i < len(candidates):
        j, pending = i, []
        while j < len(candidates) and candidates[j][0] == candidates[i][0]:
            index, start, words_in = candidates[j]
            before = query(start + 1)
            best[j], previous[j] = before[0] + words_in * share[index], before[1]
            pending.append((min(start + words_in, length) + 1, (best[j], j)))
            j += 1
        for place, value in pending:
            while place <= size:
                if value[0] > tree[place][0]:
                    tree[place] = value
                place += place & -place
        i = j
    chosen, at = [], query(size)[1]
    while at >= 0:
        chosen.append(candidates[at][0])
        at = previous[at]
    return chosen
