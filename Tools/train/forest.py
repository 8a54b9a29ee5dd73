"""Writes LightGBM forests in Winnow's format (Sources/Content/Forest.swift says what it is)."""
import struct
from itertools import zip_longest

import numpy as np

VERSION = 1


def name_hash(names):
    value = 0xCBF29CE484222325
    for name in names:
        for byte in name.encode() + b"\n":
            value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def floor32(value):
    """The largest 32-bit float up to `value`: comparisons of 32-bit features stay what they were."""
    single = np.float32(value)
    return single if float(single) <= value else np.nextafter(single, np.float32(-np.inf))


def in_turn(models, classes):
    """The trees of all models, a round of each after the other, so that the first ones speak for all."""
    each = [[tree["tree_structure"] for tree in model.dump_model()["tree_info"]] for model in models]
    rounds = [[trees[i : i + classes] for i in range(0, len(trees), classes)] for trees in each]
    return [tree for turn in zip_longest(*rounds, fillvalue=[]) for trees in turn for tree in trees]


def write(models, names, path, classes=1):
    """One forest of all trees of the models; their values are scaled by 1 / len(models), so that it is their mean."""
    trees = in_turn(models, classes)
    out = bytearray(b"WNFM" + struct.pack("<IIQII", VERSION, len(names), name_hash(names), classes, len(trees)))
    for tree in trees:
        nodes, depth = [], 0

        def visit(node, level):
            nonlocal depth
            depth = max(depth, level)
            index = len(nodes)
            nodes.append(None)
            if "split_feature" not in node:
                value = node["leaf_value"] / len(models)
                nodes[index] = (0, index, index, float("inf"), value)
                return index, value, node.get("leaf_weight", node.get("leaf_count", 1))
            assert node["decision_type"] == "<="
            left, left_value, left_weight = visit(node["left_child"], level + 1)
            right, right_value, right_weight = visit(node["right_child"], level + 1)
            weight = left_weight + right_weight
            mean = (left_value * left_weight + right_value * right_weight) / max(1e-9, weight)
            nodes[index] = (node["split_feature"], left, right, floor32(node["threshold"]), mean)
            return index, mean, weight

        visit(tree, 0)
        assert len(nodes) <= 255
        out += struct.pack("<HH", len(nodes), depth)
        for feature, left, right, threshold, value in nodes:
            out += struct.pack("<HBBff", feature, left, right, threshold, value)
    with open(path, "wb") as file:
        file.write(out)
    return len(out)
