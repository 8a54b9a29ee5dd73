"""Linear models over hashed words, in Winnow's format (Sources/Content/WordTable.swift says what it is)."""
import struct

import numpy as np
import scipy.sparse as sparse

VERSION = 1
ANSWERS = 16


def common(texts, hosts, least):
    """The keys that stand in texts of at least so many hosts: no site's own word is learnt."""
    _, hosts = np.unique(hosts, return_inverse=True)
    owners = np.repeat(hosts.astype(np.uint64), [len(keys) for keys in texts])
    pairs = np.unique(np.concatenate(texts).astype(np.uint64) << np.uint64(32) | owners)
    keys, counts = np.unique((pairs >> np.uint64(32)).astype(np.uint32), return_counts=True)
    return keys[counts >= least]


def matrix(texts, vocabulary, rows=None):
    """How often each word stands in a text, by the root of the number of its words: a row a text, or those of `rows`."""
    counts = np.array([len(keys) for keys in texts])
    rows = np.arange(len(texts)) if rows is None else rows
    keys = np.concatenate(texts)
    places = np.searchsorted(vocabulary, keys)
    known = vocabulary[np.minimum(places, len(vocabulary) - 1)] == keys
    values = np.repeat(1 / np.sqrt(np.maximum(1, counts)), counts)
    return sparse.csr_matrix((values[known], (np.repeat(rows, counts)[known], places[known])),
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
