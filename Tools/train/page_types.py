"""The model of a page's type: words first, then a forest that learns what they leave open."""
import warnings

import lightgbm as lgb
import numpy as np
from sklearn.linear_model import LogisticRegression

import forest
import word_table
from data import TYPES

FOREST = dict(objective="multiclass", num_class=len(TYPES), num_leaves=15, learning_rate=0.1, feature_fraction=0.3,
              bagging_fraction=0.8, bagging_freq=1, min_data_in_leaf=5, lambda_l2=5, max_bin=31, extra_trees=True,
              verbose=-1, num_threads=1, deterministic=True, force_row_wise=True)
ROUNDS = 150
SEEDS = (1, 2, 3)  # one model alone depends on its seed; the mean is steadier
WORDS = dict(C=10, max_iter=100)
ENTRIES = 3000
LEAST_HOSTS = 3
SHARE = 0.4  # of the words' log-odds: alone they are too sure of themselves


class Words:
    """A linear model over the words of pages, which come as `Rows.page_words` gives them."""

    def __init__(self, words, kinds, hosts):
        self.vocabulary = word_table.common(words.ravel(), np.repeat(hosts, words.shape[1]), LEAST_HOSTS)
        if len(self.vocabulary) > ENTRIES:
            x = self.matrix(words)
            self.vocabulary = word_table.strongest(
                self.vocabulary, x, np.ones(len(words)), self.fit(x, kinds).coef_, ENTRIES)
        self.model = self.fit(self.matrix(words), kinds)

    def matrix(self, words):
        pages, places = words.shape
        return word_table.matrix(words.ravel(), self.vocabulary, np.repeat(np.arange(pages), places))

    @staticmethod
    def fit(x, kinds):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of not having converged: early stopping regularises
            return LogisticRegression(**WORDS).fit(x, kinds)

    def predict(self, words):
        return SHARE * self.model.decision_function(self.matrix(words))

    def write(self, path):
        word_table.write(path, self.vocabulary, SHARE * self.model.coef_, SHARE * self.model.intercept_)


class Types:
    """Words, and the mean of several forests that start where the words end."""

    def __init__(self, rows, words, kinds, hosts, folds):
        # A forest that started from what the words say of the pages they learnt from would take them for all-knowing.
        scores = held_out(lambda seen: Words(words[seen], kinds[seen], hosts[seen]).predict, [words], folds)
        self.words = Words(words, kinds, hosts)
        self.models = [lgb.train(dict(FOREST, seed=seed), lgb.Dataset(rows, kinds, init_score=scores), ROUNDS)
                       for seed in SEEDS]

    def predict(self, rows, words):
        sums = self.words.predict(words) + np.mean([m.predict(rows, raw_score=True) for m in self.models], axis=0)
        powers = np.exp(sums - sums.max(1, keepdims=True))
        return powers / powers.sum(1, keepdims=True)

    def write(self, names, path):
        self.words.write(path)
        words = path.read_bytes()
        forest.write(self.models, names, path, classes=len(TYPES))
        path.write_bytes(words + path.read_bytes())


def held_out(train, inputs, folds):
    """Of each page what a model says that has not seen its fold; `train` takes who is seen and gives the function that
    then judges the inputs of the others."""
    out = np.zeros((len(folds), len(TYPES)))
    for fold in np.unique(folds):
        seen = folds != fold
        out[~seen] = train(seen)(*(values[~seen] for values in inputs))
    return out


def held_out_probabilities(rows, *known):
    """Of every page by a model that has not seen its host; takes what `Types` takes."""
    words, *_, folds = known
    return held_out(lambda seen: Types(rows[seen], *(values[seen] for values in known)).predict, [rows, words], folds)


def report(probabilities, kinds):
    """Prints who is taken for what, a row a type, and gives the scores."""
    answers = probabilities.argmax(1)
    loss = -np.log(np.maximum(1e-9, probabilities[np.arange(len(kinds)), kinds])).mean()
    accuracy = (answers == kinds).mean()
    print(f"page type: accuracy {accuracy:.4f} log loss {loss:.4f}")
    for n, kind in enumerate(TYPES):
        print(f"  {kind:>14}", *(f"{(answers[kinds == n] == m).sum():4d}" for m in range(len(TYPES))))
    return dict(accuracy=accuracy, log_loss=loss, types={t: (answers[kinds == n] == n).mean() for n, t in enumerate(TYPES)})
