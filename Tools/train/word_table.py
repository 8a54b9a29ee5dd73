"""Linear models over hashed words, in Winnow's format (Sources/Content/WordTable.swift says what it is)."""
import struct
from collections import defaultdict

import numpy as np
import scipy.sparse as sparse

VERSION = 1
ANSWERS = 16


def common(texts, hosts, least):
    """The keys that stand in texts of at least so many hosts: no site's own word is learnt."""
    spread = defaultdict(set)
    for keys, host in zip(texts, hosts):
        for key in keys.tolist():
            if len(spread[key]) < least:
                spread[key].add(host)
    return np.array(sorted(key for key, found in spread.items() if len(found) >= least), np.uint32)


def matrix(texts, vocabulary, rows=None):
    """How often each word stands in a text, by the root of the number of its words: a row a text, or those of `rows`."""
    rows = range(len(texts)) if rows is None else rows
    index, row, value = [], [], []
    for n, keys in zip(rows, texts):
        places = np.searchsorted(vocabulary, keys)
        places = places[(places < len(vocabulary)) & (vocabulary[np.minimum(places, len(vocabulary) - 1)] == keys)]
        index.append(places)
        row.append(np.full(len(places), n))
        value.append(np.full(len(places), 1 / np.sqrt(max(1, len(keys)))))
    return sparse.csr_matrix((np.concatenate(value), (np.concatenate(row), np.concatenate(index))),
                             (max(rows) + 1, len(vocabulary)))


def strongest(vocabulary, x, weights, coefficients, entries):
    """The words that move the answers most over all texts."""
    worth = np.abs(coefficients).max(0) * np.sqrt(np.asarray(x.multiply(weights[:, None]).sum(0)).ravel())
    return np.sort(vocabulary[np.argsort(-worth)[:entries]])


def write(path, vocabulary, coefficients, bias):
    """Coefficients are a row an answer; answers that are missing of the format's sixteen are zeros."""
    step = np.abs(coefficients).max() / 127
    steps = np.zeros((len(vocabulary), ANSWERS), np.int8)
    steps[:, : len(coefficients)] = np.round(coefficients.T / step)
    biases = np.zeros(ANSWERS, "<f4")
    biases[: len(bias)] = bias
    with open(path, "wb") as file:
        file.write(b"WNFW" + struct.pack("<IIf", VERSION, len(vocabulary), step) + biases.tobytes())
        file.write(vocabulary.astype("<u4").tobytes() + steps.tobytes())
