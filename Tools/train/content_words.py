"""What words say, content or not: a linear model whose odds the forest of lines hears beside all else."""
import numpy as np
import scipy.sparse as sparse
from sklearn.linear_model import SGDClassifier

import word_table

ENTRIES = 16000
LEAST_HOSTS = 3
FIT = dict(loss="log_loss", alpha=5e-6, max_iter=6, tol=None, average=True, random_state=1)


class Texts:
    """The blocks of some pages by the keys of their words; `share` scales the pages' weight, and of 0 no block is learnt."""

    def __init__(self, rows, pages, share):
        self.words = rows.block_words()
        self.labels, self.folds = np.full((2, len(self.words)), -1)
        self.hosts, self.weights = np.full(len(self.words), "", object), np.zeros(len(self.words))
        for page in pages:
            at = slice(page.first, page.first + page.count)
            self.folds[at], self.hosts[at] = page.fold, page.host
            if share:
                weights = np.sqrt(page.weights + 0.5)
                self.labels[at], self.weights[at] = page.labels, share * weights / np.sqrt(weights.sum() + 1)


class Words:
    """A model of what is labelled of some texts, but of nothing in the fold `without`."""

    def __init__(self, texts, without=None):
        used = [(text.labels >= 0) & (text.folds != without) for text in texts]
        x = sparse.vstack([text.x[rows] for text, rows in zip(texts, used)], "csr")
        y = np.concatenate([text.labels[rows] for text, rows in zip(texts, used)])
        weights = np.concatenate([text.weights[rows] for text, rows in zip(texts, used)])
        weights /= weights.mean()
        first = SGDClassifier(**FIT).fit(x, y, sample_weight=weights)
        self.columns = word_table.strongest(np.arange(x.shape[1]), x, weights, first.coef_, ENTRIES)
        self.model = SGDClassifier(**FIT).fit(x[:, self.columns], y, sample_weight=weights)

    def odds(self, x):
        return self.model.decision_function(x[:, self.columns])


def train(texts, path):
    """Writes the model of all; gives for each name the odds of its blocks by models that have not seen their hosts."""
    learnt = [text for text in texts.values() if (text.labels >= 0).any()]
    vocabulary = word_table.common([keys for text in learnt for keys in text.words],
                                   np.concatenate([text.hosts for text in learnt]), LEAST_HOSTS)
    for text in texts.values():
        text.x = word_table.matrix(text.words, vocabulary)
    odds = {name: np.zeros(len(text.words)) for name, text in texts.items()}
    for fold in np.unique(learnt[0].folds):
        words = Words(learnt, fold)
        for name, text in texts.items():
            held_out = text.folds == fold
            odds[name][held_out] = words.odds(text.x[held_out])
    words = Words(learnt)
    word_table.write(path, vocabulary[words.columns], words.model.coef_, words.model.intercept_)
    for name, text in texts.items():
        known = text.labels >= 0
        if known.any():
            losses = np.logaddexp(0, np.where(text.labels[known] == 1, -1, 1) * odds[name][known])
            print(f"words: {name} log loss {np.average(losses, weights=text.weights[known]):.4f}", flush=True)
    return odds
