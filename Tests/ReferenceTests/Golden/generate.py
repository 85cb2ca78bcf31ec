#!/usr/bin/env python3
"""Computes the reference values of this folder, in float64, with numpy, scikit-learn and PyTorch.

    python3 generate.py [--config CONFIG.json] [--data FOLDER_WITH_CSV] [--out FOLDER]

Needs numpy, scipy, scikit-learn, torch (the CPU build is enough) and mpmath. Everything random
comes from one seed, so a run on the same library versions writes the same bytes. Every gradient
is computed twice, by torch's autograd and by hand in numpy, and the run stops when they differ.

Layout: examples are columns, X is (n_x, m), a matrix is a list of its rows. README.md beside
this file says what every key means.
"""
import argparse
import json
import math
from pathlib import Path

import mpmath
import numpy as np
import torch
from scipy.optimize import linprog
from sklearn import metrics as skm
from sklearn.linear_model import LogisticRegression

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
mpmath.mp.dps = 60

DEFAULT_CONFIG = {
    "seed": 12,
    "logistic": {"n": 3, "m": 7, "learning_rate": 0.3, "steps": 8,
                 "newton_lambda": 0.5},
    "bce_logits": [-1000, -700, -100, -40, -10, -1, 0, 1, 10, 40, 100, 700, 1000],
    "softmax_regression": {"n": 3, "classes": 4, "m": 6},
    "softmax_columns": [
        [1, 2, 3], [0, 0, 0], [-1, 0, 1], [1000, 0, -1000], [1000, 1000, 1000],
        [-1000, -1000, -999], [1000, 999, 998], [0.5, -40, 40],
    ],
    "linear": {"n": 3, "m": 9},
    "two_layer": {"n": 2, "hidden": 4, "m": 5},
    "squared_mlp": {"dims": [3, 5, 2], "m": 4},
    "deep_binary": {"dims": [5, 4, 3, 1], "m": 6, "lambda": 0.7, "keep_prob": [0.8, 0.5]},
    "deep_multi": {"dims": [6, 5, 4, 3], "m": 7, "lambda": 0.4, "keep_prob": [0.6, 0.75]},
    "batch_norm": {"n": 3, "m": 5, "momentum": 0.9, "batches": 3},
    "optimizers": {"shape": [2, 3], "steps": 5, "learning_rate": 0.05, "momentum_beta": 0.9,
                   "rmsprop_beta": 0.9, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
    "activation_extra_z": [-3.25, -1.75, 0.3, 2.6],
    "maxout": [3, 2, 3, 4],
    "multi_label": {"n": 3, "labels": 4, "m": 5},
    "slopes": {"leaky_relu": 0.01, "prelu": 0.25, "elu": 1.3},
    "metrics": {"m": 14, "multi_m": 30, "classes": 3},
    "breast_cancer": {"rows": [0, 569], "lambdas": [0.1, 1.0, 10.0], "learning_rate": 0.5,
                      "steps": 40},
    "diabetes": {"rows": [0, 442]},
    "digits_mlp": {"rows": [0, 1797], "hidden": 16, "learning_rate": 0.5, "steps": 20,
                   "batch_size": 64},
    "initialisation": [[64, 16], [12288, 20], [784, 128], [20, 7], [3, 1]],
}


# ---------------------------------------------------------------- writing

def plain(x):
    """numpy / torch / Python values as lists, ints, floats, strings."""
    if isinstance(x, torch.Tensor):
        x = x.detach().numpy()
    if isinstance(x, np.ndarray):
        return x.tolist()
    if isinstance(x, np.generic):
        return x.item()
    if isinstance(x, (list, tuple)):
        return [plain(v) for v in x]
    if isinstance(x, dict):
        return {k: plain(v) for k, v in x.items()}
    return x


def scalar_text(v):
    if v is None:
        return "null"
    if isinstance(v, bool):
        return "true" if v else "false"
    if isinstance(v, int):
        return str(v)
    if isinstance(v, float):
        assert math.isfinite(v), "JSON has no word for %r" % v
        return "0" if v == 0 else "%.17g" % v  # no negative zero
    return json.dumps(v)


def text(v, indent=0):
    pad = "  " * indent
    if isinstance(v, dict):
        if not v:
            return "{}"
        inner = ",\n".join("%s  %s: %s" % (pad, json.dumps(k), text(w, indent + 1))
                           for k, w in v.items())
        return "{\n%s\n%s}" % (inner, pad)
    if isinstance(v, list):
        if all(not isinstance(w, (dict, list)) for w in v):
            return "[" + ", ".join(scalar_text(w) for w in v) + "]"
        inner = ",\n".join("%s  %s" % (pad, text(w, indent + 1)) for w in v)
        return "[\n%s\n%s]" % (inner, pad)
    return scalar_text(v)


class Writer:
    def __init__(self, folder):
        self.folder = folder

    def __call__(self, name, value):
        path = self.folder / name
        path.write_text(text(plain(value)) + "\n", encoding="utf-8")
        json.loads(path.read_text(encoding="utf-8"))
        print("%9d  %s" % (path.stat().st_size, name))


def same(a, b, tol=1e-12, what=""):
    a, b = np.asarray(plain(a), dtype=float), np.asarray(plain(b), dtype=float)
    assert a.shape == b.shape, (what, a.shape, b.shape)
    gap = np.max(np.abs(a - b) / (1 + np.abs(b)), initial=0)
    assert gap <= tol, "%s: two computations differ by %g" % (what, gap)


def rnd(rng, *shape, scale=1.0, digits=4):
    return np.round(rng.standard_normal(shape) * scale, digits) + 0.0


def T(x):
    return torch.tensor(np.asarray(x, dtype=float))


def leaf(x):
    return T(x).clone().requires_grad_(True)


# ---------------------------------------------------------------- activations

def softplus(z):
    return torch.logaddexp(z, torch.zeros_like(z))


TORCH_ACT = {
    "linear": lambda z: z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "softplus": softplus,
    "arctan": torch.atan,
}

NUMPY_ACT = {
    "linear": (lambda z: z, lambda z: np.ones_like(z)),
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z: (lambda s: s * (1 - s))(1 / (1 + np.exp(-z)))),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0).astype(float)),
}


def activations(cfg):
    grid = [-1000, -700, -100, -40, -20, -10, -5, -3, -2, -1, -0.5, -0.1,
            0.1, 0.5, 1, 2, 3, 5, 10, 20, 40, 100, 700, 1000]
    grid = sorted(set(grid + cfg["activation_extra_z"]))
    assert 0 not in grid
    s = cfg["slopes"]
    leaky, prelu, elu = s["leaky_relu"], s["prelu"], s["elu"]
    mp = mpmath

    def piece(neg):
        return lambda z: z if z > 0 else neg(z)

    # name: (parameters, torch function, exact value, exact derivative, smooth at 0)
    table = {
        "sigmoid": ({}, torch.sigmoid, lambda z: 1 / (1 + mp.exp(-z)),
                    lambda z: mp.exp(-z) / (1 + mp.exp(-z)) ** 2, True),
        "tanh": ({}, torch.tanh, mp.tanh, lambda z: 1 / mp.cosh(z) ** 2, True),
        "relu": ({}, torch.relu, piece(lambda z: mp.mpf(0)), lambda z: mp.mpf(z > 0), False),
        "leaky_relu": ({"slope": leaky}, lambda z: torch.nn.functional.leaky_relu(z, leaky),
                       piece(lambda z: mp.mpf(leaky) * z),
                       lambda z: mp.mpf(1) if z > 0 else mp.mpf(leaky), False),
        "prelu": ({"slope": prelu}, lambda z: torch.nn.functional.prelu(z, T([prelu])),
                  piece(lambda z: mp.mpf(prelu) * z),
                  lambda z: mp.mpf(1) if z > 0 else mp.mpf(prelu), False),
        "elu": ({"alpha": elu}, lambda z: torch.nn.functional.elu(z, elu),
                piece(lambda z: mp.mpf(elu) * mp.expm1(z)),
                lambda z: mp.mpf(1) if z > 0 else mp.mpf(elu) * mp.exp(z), False),
        "softplus": ({}, softplus, lambda z: mp.log(1 + mp.exp(z)),
                     lambda z: 1 / (1 + mp.exp(-z)), True),
        "arctan": ({}, torch.atan, mp.atan, lambda z: 1 / (1 + mp.mpf(z) ** 2), True),
    }
    out = {"functions": []}
    for name, (params, f, value, slope, smooth) in table.items():
        zs = sorted(grid + [0]) if smooth else grid
        z = leaf(zs)
        a = f(z)
        d, = torch.autograd.grad(a.sum(), z)
        same(a, [float(value(mp.mpf(v))) for v in zs], 1e-15, name)
        same(d, [float(slope(mp.mpf(v))) for v in zs], 2e-15, name + "'")
        case = {"name": name, "parameters": params, "z": zs, "value": a, "derivative": d,
                "value_at_zero": f(T([0.0])).item()}
        zero = leaf([0.0])
        case["derivative_at_zero"] = torch.autograd.grad(f(zero).sum(), zero)[0].item()
        left = 0.0 if name == "relu" else params.get("slope", params.get("alpha"))
        assert smooth or case["derivative_at_zero"] == left, "torch takes the left-hand value"
        if name == "prelu":
            w = leaf([prelu])
            per_z = []
            for v in zs:
                g, = torch.autograd.grad(torch.nn.functional.prelu(T([v]), w).sum(), w)
                per_z.append(float(g[0]))
            case["derivative_by_slope"] = per_z
        out["functions"].append(case)

    rng = np.random.default_rng([cfg["seed"], 0])
    n, units, pieces, m = cfg["maxout"]
    X, W0, b0 = rnd(rng, n, m), rnd(rng, pieces, units, n), rnd(rng, pieces, units, 1)
    G = rnd(rng, units, m)
    x, w, b = leaf(X), leaf(W0), leaf(b0)
    Z = w @ x + b
    A = Z.max(0).values
    (A * T(G)).sum().backward()
    won = Z.detach().numpy().argmax(0)
    same(w.grad, np.array([(G * (won == k)) @ X.T for k in range(pieces)]), what="maxout dW")
    out["maxout"] = {"X": X, "W": W0, "b": b0, "Z": Z, "A": A, "winners": won, "dA": G,
                     "dW": w.grad, "db": b.grad, "dX": x.grad}

    cols = np.array(cfg["softmax_columns"], dtype=float).T
    jac, val = [], []
    for j in range(cols.shape[1]):
        z = T(cols[:, j])
        a = torch.softmax(z, 0)
        val.append(a.numpy())
        jac.append(torch.autograd.functional.jacobian(lambda t: torch.softmax(t, 0), z).numpy())
        exact = [mp.exp(mp.mpf(v)) for v in cols[:, j].tolist()]
        same(a, [float(e / mp.fsum(exact)) for e in exact], 1e-15, "softmax")
        same(jac[-1], np.diag(val[-1]) - np.outer(val[-1], val[-1]), 1e-15, "softmax jacobian")
    out["softmax"] = {"Z": cols, "A": np.array(val).T, "jacobians": jac,
                      "logsumexp": torch.logsumexp(T(cols), 0)}
    return out


# ---------------------------------------------------------------- losses on one layer

def sigmoid_np(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def bce_np(z, y):
    return np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))


def logistic(cfg, rng):
    c = cfg["logistic"]
    n, m, lr = c["n"], c["m"], c["learning_rate"]
    X = rnd(rng, n, m)
    Y = rng.integers(0, 2, (1, m)).astype(float)
    Y[0, 0], Y[0, 1] = 0, 1
    w0, b0 = rnd(rng, n, 1), float(rnd(rng, 1)[0])
    w, b = leaf(w0), leaf(b0)
    Z = w.T @ T(X) + b
    Z.retain_grad()
    A = torch.sigmoid(Z)
    J = torch.nn.functional.binary_cross_entropy_with_logits(Z, T(Y))
    J.backward()
    dZ = A.detach().numpy() - Y
    same(w.grad, X @ dZ.T / m, what="logistic dw")
    same(b.grad, dZ.mean(), what="logistic db")
    same(m * Z.grad, dZ, what="logistic dZ")
    out = {"one_pass": {"X": X, "Y": Y, "w": w0, "b": b0, "Z": Z, "A": A, "losses":
                        bce_np(Z.detach().numpy(), Y), "cost": J, "dZ": dZ, "dw": w.grad,
                        "db": b.grad}}
    W, B, costs = w0.copy(), b0, []
    for _ in range(c["steps"] + 1):
        z = W.T @ X + B
        costs.append(bce_np(z, Y).mean())
        d = sigmoid_np(z) - Y
        Wl, Bl = W, B
        W, B = W - lr * (X @ d.T) / m, B - lr * d.mean()
    out["gradient_descent"] = {"learning_rate": lr, "steps": c["steps"], "costs": costs,
                               "w": Wl, "b": Bl,
                               "predictions": (Wl.T @ X + Bl > 0).astype(int)}
    lam, D = c["newton_lambda"], np.vstack([X, np.ones((1, m))])
    theta, trail = np.zeros((n + 1, 1)), []
    free = np.append(np.ones(n), 0.0)[:, None]  # the bias is not penalised

    def objective(t):
        fit = torch.nn.functional.binary_cross_entropy_with_logits(T(D.T) @ t, T(Y.T))
        return fit + lam / (2 * m) * (T(free) * t ** 2).sum()

    for _ in range(6):
        p = sigmoid_np(D.T @ theta)
        g = D @ (p - Y.T) / m + lam / m * free * theta
        H = (D * (p * (1 - p)).T) @ D.T / m + lam / m * np.diag(free[:, 0])
        t = leaf(theta)
        J = objective(t)
        same(g, torch.autograd.grad(J, t)[0], what="newton gradient")
        same(H, torch.autograd.functional.hessian(objective, T(theta)).reshape(n + 1, n + 1),
             what="newton hessian")
        trail.append({"cost": J, "w": theta[:-1], "b": theta[-1, 0], "gradient": g, "hessian": H})
        theta = theta - np.linalg.solve(H, g)
    out["newton"] = {"lambda": lam, "iterations": trail}
    zs, ys, loss, dz = [], [], [], []
    for y in (0.0, 1.0, 0.3):
        for v in cfg["bce_logits"]:
            z = leaf(float(v))
            l = torch.nn.functional.binary_cross_entropy_with_logits(z, T(y))
            g, = torch.autograd.grad(l, z)
            exact = mpmath.log(1 + mpmath.exp(mpmath.mpf(v))) - mpmath.mpf(y) * v
            same(l, float(exact), 1e-15, "bce")
            same(g, float(1 / (1 + mpmath.exp(-mpmath.mpf(v))) - mpmath.mpf(y)), 1e-15, "dbce")
            zs.append(v), ys.append(y), loss.append(l.item()), dz.append(g.item())
    out["bce_with_logits"] = {"z": zs, "y": ys, "loss": loss, "dz": dz}
    return out


def one_hot(labels, k):
    Y = np.zeros((k, len(labels)))
    Y[labels, np.arange(len(labels))] = 1
    return Y


def softmax_regression(cfg, rng):
    c = cfg["softmax_regression"]
    n, k, m = c["n"], c["classes"], c["m"]
    X, W0, b0 = rnd(rng, n, m), rnd(rng, k, n), rnd(rng, k, 1)
    labels = np.concatenate([np.arange(k), rng.integers(0, k, m)])[:m]
    Y = one_hot(labels, k)
    W, b = leaf(W0), leaf(b0)
    Z = W @ T(X) + b
    Z.retain_grad()
    J = torch.nn.functional.cross_entropy(Z.T, torch.tensor(labels))
    J.backward()
    A = torch.softmax(Z, 0).detach().numpy()
    dZ = A - Y
    same(W.grad, dZ @ X.T / m, what="softmax dW")
    same(b.grad, dZ.mean(1, keepdims=True), what="softmax db")
    same(J, -np.sum(Y * np.log(A)) / m, what="softmax cost")
    out = {"one_pass": {"X": X, "labels": labels, "Y": Y, "W": W0, "b": b0, "Z": Z, "A": A,
                        "cost": J, "dZ": dZ, "dW": W.grad, "db": b.grad,
                        "predictions": A.argmax(0)}}
    c = cfg["multi_label"]
    n, k, m = c["n"], c["labels"], c["m"]
    X, W0, b0 = rnd(rng, n, m), rnd(rng, k, n), rnd(rng, k, 1)
    Y = rng.integers(0, 2, (k, m)).astype(float)
    W, b = leaf(W0), leaf(b0)
    Z = W @ T(X) + b
    J = torch.nn.functional.binary_cross_entropy_with_logits(Z, T(Y), reduction="sum") / m
    J.backward()
    dZ = torch.sigmoid(Z).detach().numpy() - Y
    same(W.grad, dZ @ X.T / m, what="multi-label dW")
    out["multi_label"] = {"X": X, "Y": Y, "W": W0, "b": b0, "Z": Z, "A": torch.sigmoid(Z),
                          "cost": J, "dZ": dZ, "dW": W.grad, "db": b.grad}
    cols = np.array(cfg["softmax_columns"], dtype=float).T
    lab = rng.integers(0, cols.shape[0], cols.shape[1])
    Z = leaf(cols)
    losses = torch.nn.functional.cross_entropy(Z.T, torch.tensor(lab), reduction="none")
    losses.sum().backward()
    same(Z.grad, torch.softmax(T(cols), 0).numpy() - one_hot(lab, cols.shape[0]), 1e-15, "ce grad")
    out["cross_entropy_with_logits"] = {"Z": cols, "labels": lab, "losses": losses, "dZ": Z.grad}
    return out


def read_table(path):
    with open(path, encoding="ascii") as f:
        header = f.readline().strip().split(",")
        return header, np.loadtxt(f, delimiter=",")


def linear(cfg, rng, data):
    c = cfg["linear"]
    n, m = c["n"], c["m"]
    X = rnd(rng, n, m)
    true_w, true_b = rnd(rng, n, 1), float(rnd(rng, 1)[0])
    Y = np.round(true_w.T @ X + true_b + 0.3 * rng.standard_normal((1, m)), 4)
    w0, b0 = rnd(rng, n, 1), float(rnd(rng, 1)[0])
    out = {"X": X, "Y": Y, "w": w0, "b": b0}
    w, b = leaf(w0), leaf(b0)
    Yhat = w.T @ T(X) + b
    E = Yhat.detach().numpy() - Y
    assert np.abs(E).min() > 1e-3
    out["Yhat"] = Yhat
    for name, J, dw, db in (
            ("half_mse", ((Yhat - T(Y)) ** 2).sum() / (2 * m), X @ E.T / m, E.mean()),
            ("mse", torch.nn.functional.mse_loss(Yhat, T(Y)), 2 * X @ E.T / m, 2 * E.mean()),
            ("mae", torch.nn.functional.l1_loss(Yhat, T(Y)), X @ np.sign(E).T / m,
             np.sign(E).mean())):
        gw, gb = torch.autograd.grad(J, (w, b), retain_graph=True)
        same(gw, dw, what=name)
        same(gb, db, what=name)
        out[name] = {"cost": J, "dw": gw, "db": gb}
    D = np.vstack([np.ones((1, m)), X]).T
    theta = np.linalg.lstsq(D, Y[0], rcond=None)[0]
    same(np.linalg.solve(D.T @ D, D.T @ Y[0]), theta, 1e-11, "normal equation")
    out["least_squares"] = {"b": theta[0], "w": theta[1:, None],
                            "residual_sum_of_squares": ((D @ theta - Y[0]) ** 2).sum()}
    lo, hi = cfg["diabetes"]["rows"]
    header, table = read_table(data / "diabetes.csv")
    table = table[lo:hi]
    F, y = table[:, :-1], table[:, -1]
    mu, sd = F.mean(0), F.std(0)
    S = (F - mu) / sd
    D = np.column_stack([np.ones(len(y)), S])
    theta = np.linalg.lstsq(D, y, rcond=None)[0]
    fit = D @ theta
    same(np.linalg.solve(D.T @ D, D.T @ y), theta, 1e-9, "diabetes normal equation")
    out["diabetes"] = {"dataset": "diabetes.csv", "rows": [lo, hi], "features": header[:-1],
                       "mean": mu, "std": sd, "b": theta[0], "w": theta[1:, None],
                       "mse": ((fit - y) ** 2).mean(), "mae": np.abs(fit - y).mean(),
                       "r2": skm.r2_score(y, fit)}
    return out


# ---------------------------------------------------------------- networks

def penalty_terms(kind, lam, m):
    """(scale, function of one weight matrix, its derivative by hand)."""
    if kind == "l2":
        return lam / (2 * m), lambda W: (W ** 2).sum(), lambda W: lam / m * W
    if kind == "l1_over_m":
        return lam / m, lambda W: W.abs().sum(), lambda W: lam / m * np.sign(W)
    if kind == "l1_over_2m":
        return lam / (2 * m), lambda W: W.abs().sum(), lambda W: lam / (2 * m) * np.sign(W)
    if kind == "elastic_net":  # lam is the pair (l1, l2)
        one, two = lam
        return 1 / (2 * m), lambda W: one * W.abs().sum() + two * (W ** 2).sum(), \
            lambda W: one / (2 * m) * np.sign(W) + two / m * W
    return 0.0, lambda W: (W * 0).sum(), lambda W: 0 * W


def network(X, Y, Ws, bs, acts, loss, kind="none", lam=0.0, masks=None, keep=None):
    """Forward and backward pass. acts: one name a layer; the last may be 'softmax'.
    loss: 'bce', 'cross_entropy' or 'half_squared' (the sum over outputs and examples / 2m)."""
    m, L = X.shape[1], len(Ws)
    W, b = [leaf(w) for w in Ws], [leaf(v) for v in bs]
    Z, A, a = [], [], T(X)
    for l in range(L):
        z = W[l] @ a + b[l]
        z.retain_grad()
        a = torch.softmax(z, 0) if acts[l] == "softmax" else TORCH_ACT[acts[l]](z)
        if masks is not None and l < L - 1:
            a = a * T(masks[l]) / keep[l]
        a.retain_grad()
        Z.append(z), A.append(a)
    t = T(Y)
    if loss == "bce":
        J = torch.nn.functional.binary_cross_entropy_with_logits(Z[-1], t, reduction="sum") / m
    elif loss == "cross_entropy":
        J = -(t * torch.log_softmax(Z[-1], 0)).sum() / m
    else:
        J = ((A[-1] - t) ** 2).sum() / (2 * m)
    scale, norm, dnorm = penalty_terms(kind, lam, m)
    P = scale * sum(norm(w) for w in W)
    (J + P).backward()

    # by hand
    Zn, An = [z.detach().numpy() for z in Z], [a.detach().numpy() for a in A]
    dZ = [None] * L
    for l in reversed(range(L)):
        if l == L - 1 and loss != "half_squared":
            dZ[l] = An[l] - Y
        else:
            dA = An[l] - Y if l == L - 1 else Ws[l + 1].T @ dZ[l + 1]
            if masks is not None and l < L - 1:
                dA = dA * masks[l] / keep[l]
            dZ[l] = dA * NUMPY_ACT[acts[l]][1](Zn[l])
        prev = X if l == 0 else An[l - 1]
        same(W[l].grad, dZ[l] @ prev.T / m + dnorm(Ws[l]), what="dW%d" % (l + 1))
        same(b[l].grad, dZ[l].sum(1, keepdims=True) / m, what="db%d" % (l + 1))
        same(m * Z[l].grad, dZ[l], what="dZ%d" % (l + 1))
    if "relu" in acts:
        assert min(np.abs(Zn[l]).min() for l in range(L) if acts[l] == "relu") > 1e-4
    return {"Z": Zn, "A": An, "data_cost": J, "penalty": P, "cost": J + P, "dZ": dZ,
            "dW": [w.grad for w in W], "db": [v.grad for v in b]}


def weights(rng, dims, scale=1.0):
    Ws = [rnd(rng, o, i, scale=scale * math.sqrt(2 / i)) for i, o in zip(dims, dims[1:])]
    bs = [rnd(rng, o, 1, scale=0.3) for o in dims[1:]]
    for w in Ws:
        w[w == 0] = 0.0123  # the absolute value has no derivative at 0
    return Ws, bs


def balanced_binary(rng, m):
    Y = rng.integers(0, 2, (1, m)).astype(float)
    Y[0, 0], Y[0, 1] = 1, 0
    return Y


def two_layer(cfg, rng):
    c = cfg["two_layer"]
    X, Y = rnd(rng, c["n"], c["m"]), balanced_binary(rng, c["m"])
    Ws, bs = weights(rng, [c["n"], c["hidden"], 1])
    r = network(X, Y, Ws, bs, ["tanh", "sigmoid"], "bce")
    lr = 1.2
    return {"X": X, "Y": Y, "W1": Ws[0], "b1": bs[0], "W2": Ws[1], "b2": bs[1],
            "Z1": r["Z"][0], "A1": r["A"][0], "Z2": r["Z"][1], "A2": r["A"][1], "cost": r["cost"],
            "dZ1": r["dZ"][0], "dW1": r["dW"][0], "db1": r["db"][0],
            "dZ2": r["dZ"][1], "dW2": r["dW"][1], "db2": r["db"][1],
            "learning_rate": lr,
            "W1_after": T(Ws[0]) - lr * r["dW"][0], "b1_after": T(bs[0]) - lr * r["db"][0],
            "W2_after": T(Ws[1]) - lr * r["dW"][1], "b2_after": T(bs[1]) - lr * r["db"][1]}


def squared_mlp(cfg, rng):
    c = cfg["squared_mlp"]
    dims, m = c["dims"], c["m"]
    X, Y = rnd(rng, dims[0], m), np.round(rng.uniform(0, 1, (dims[-1], m)), 4)
    Ws, bs = weights(rng, dims)
    out = {"layer_dims": dims, "X": X, "Y": Y, "W": Ws, "b": bs, "cases": []}
    for hidden in ("sigmoid", "tanh"):
        for last in ("sigmoid", "linear"):
            acts = [hidden] * (len(dims) - 2) + [last]
            r = network(X, Y, Ws, bs, acts, "half_squared")
            del r["penalty"], r["data_cost"]
            out["cases"].append(dict(name="%s_%s" % (hidden, last), activations=acts, **r))
    return out


def deep(cfg, rng, key):
    c = cfg[key]
    dims, m, lam, keep = c["dims"], c["m"], c["lambda"], c["keep_prob"]
    L = len(dims) - 1
    assert len(keep) == L - 1
    if dims[-1] == 1:
        last, loss = "sigmoid", "bce"
    else:
        last, loss = "softmax", "cross_entropy"
    acts = ["relu"] * (L - 1) + [last]
    while True:  # until no ReLU sits on its kink and every hidden layer is alive
        X = rnd(rng, dims[0], m)
        Y = balanced_binary(rng, m) if dims[-1] == 1 else one_hot(
            np.concatenate([np.arange(dims[-1]), rng.integers(0, dims[-1], m)])[:m], dims[-1])
        Ws, bs = weights(rng, dims)
        masks = [(rng.random((d, m)) < k).astype(float) for d, k in zip(dims[1:-1], keep)]
        try:
            plain_run = network(X, Y, Ws, bs, acts, loss)
            dropped = network(X, Y, Ws, bs, acts, loss, masks=masks, keep=keep)
        except AssertionError as e:
            if "differ" in str(e):
                raise
            continue
        alive = [np.mean(a > 0) for a in plain_run["A"][:-1]]
        if min(alive) > 0.3 and all(0 < mk.mean() < 1 for mk in masks) and \
                min(np.abs(g.numpy()).max() for g in dropped["dW"]) > 1e-2:
            break
    out = {"layer_dims": dims, "activations": acts, "loss": loss, "X": X, "Y": Y, "W": Ws,
           "b": bs, "cases": []}
    out["cases"].append(dict(name="plain", regularisation="none", lambda_=0.0, **plain_run))
    for kind in ("l2", "l1_over_2m", "l1_over_m"):
        r = network(X, Y, Ws, bs, acts, loss, kind, lam)
        out["cases"].append(dict(name=kind, regularisation=kind, lambda_=lam, **r))
    r = network(X, Y, Ws, bs, acts, loss, "elastic_net", (lam / 2, lam))
    out["cases"].append(dict(name="elastic_net", regularisation="elastic_net", lambda_=lam,
                             lambda_l1=lam / 2, **r))
    out["cases"].append(dict(name="dropout", regularisation="none", lambda_=0.0, keep_prob=keep,
                             masks=masks, **dropped))
    r = network(X, Y, Ws, bs, acts, loss, "l2", lam, masks, keep)
    out["cases"].append(dict(name="dropout_l2", regularisation="l2", lambda_=lam, keep_prob=keep,
                             masks=masks, **r))
    for case in out["cases"]:
        case["lambda"] = case.pop("lambda_")  # the weight of L2 in elastic_net
    return out


# ---------------------------------------------------------------- batch norm

def batch_norm(cfg, rng):
    c = cfg["batch_norm"]
    n, m, eps, mom = c["n"], c["m"], 1e-5, c["momentum"]
    gamma0, beta0 = rnd(rng, n, 1), rnd(rng, n, 1)
    dY = rnd(rng, n, m)
    batches = [rnd(rng, n, m) * np.array([[1.0], [3.0], [0.1]])[np.arange(n) % 3]
               + rnd(rng, n, 1) for _ in range(c["batches"])]
    batches = [np.round(z, 4) for z in batches]
    Z = batches[0]
    z, g, b = leaf(Z), leaf(gamma0), leaf(beta0)
    mu = z.mean(1, keepdim=True)
    var = ((z - mu) ** 2).mean(1, keepdim=True)
    zhat = (z - mu) / torch.sqrt(var + eps)
    y = g * zhat + b
    (y * T(dY)).sum().backward()
    ref = torch.nn.functional.batch_norm(T(Z).T, None, None, g.flatten(), b.flatten(), True, 0.1, eps)
    same(y, ref.T, what="batch norm forward")
    zr = leaf(Z.T)
    torch.nn.functional.batch_norm(zr, None, None, T(gamma0).flatten(), T(beta0).flatten(), True,
                                   0.1, eps).backward(T(dY).T)
    same(z.grad, zr.grad.T, 1e-11, "batch norm dZ")
    h = zhat.detach().numpy()
    s = 1 / np.sqrt(Z.var(1, keepdims=True) + eps)
    dh = gamma0 * dY
    by_hand = s * (dh - dh.mean(1, keepdims=True) - h * (dh * h).mean(1, keepdims=True))
    same(z.grad, by_hand, 1e-11, "batch norm dZ by hand")
    same(g.grad, (dY * h).sum(1, keepdims=True), what="dgamma")
    out = {"Z": Z, "gamma": gamma0, "beta": beta0, "epsilon": eps, "mean": mu, "variance": var,
           "Zhat": zhat, "Ztilde": y, "dZtilde": dY, "dZ": z.grad, "dgamma": g.grad,
           "dbeta": b.grad}
    rm, rv = np.zeros((n, 1)), np.ones((n, 1))
    trail = []
    for B in batches:
        rm = mom * rm + (1 - mom) * B.mean(1, keepdims=True)
        rv = mom * rv + (1 - mom) * B.var(1, keepdims=True)
        trail.append({"Z": B, "running_mean": rm, "running_variance": rv})
    Zt = rnd(rng, n, 2)
    out["running"] = {"momentum": mom, "initial_mean": np.zeros((n, 1)),
                      "initial_variance": np.ones((n, 1)), "batches": trail, "test_Z": Zt,
                      "test_Ztilde": gamma0 * (Zt - rm) / np.sqrt(rv + eps) + beta0}
    return out


# ---------------------------------------------------------------- optimizers

def optimizers(cfg, rng):
    c = cfg["optimizers"]
    shape, steps, lr, eps = c["shape"], c["steps"], c["learning_rate"], c["epsilon"]
    W0 = rnd(rng, *shape)
    grads = [rnd(rng, *shape) for _ in range(steps)]
    grads[1][0, 0] = 0.0
    for k in range(steps):
        grads[k][-1, -1] = 0.0  # an entry whose gradient is always 0 must stay where it is

    def by_torch(make):
        p = leaf(W0)
        opt, trail = make(p), []
        for g in grads:
            p.grad = T(g)
            opt.step()
            trail.append(p.detach().clone().numpy())
        return trail

    def by_hand(update):
        W, state, trail = W0.copy(), {}, []
        for t, g in enumerate(grads, 1):
            W, state = update(W, g, state, t)
            trail.append((W, state))
        return trail

    bm, br, b1, b2 = c["momentum_beta"], c["rmsprop_beta"], c["beta1"], c["beta2"]
    zero = np.zeros(shape)

    def sgd(W, g, s, t):
        return W - lr * g, {}

    def momentum(W, g, s, t):
        v = bm * s.get("v", zero) + (1 - bm) * g
        return W - lr * v, {"v": v}

    def momentum_corrected(W, g, s, t):
        v = bm * s.get("v", zero) + (1 - bm) * g
        return W - lr * v / (1 - bm ** t), {"v": v}

    def rmsprop(W, g, s, t):
        q = br * s.get("s", zero) + (1 - br) * g ** 2
        return W - lr * g / (np.sqrt(q) + eps), {"s": q}

    def adam(W, g, s, t):
        v = b1 * s.get("v", zero) + (1 - b1) * g
        q = b2 * s.get("s", zero) + (1 - b2) * g ** 2
        return W - lr * (v / (1 - b1 ** t)) / (np.sqrt(q / (1 - b2 ** t)) + eps), {"v": v, "s": q}

    out = {"W": W0, "gradients": grads, "cases": []}
    for name, rule, hyper, check in (
            ("sgd", sgd, {}, by_torch(lambda p: torch.optim.SGD([p], lr=lr))),
            ("momentum", momentum, {"beta": bm},
             by_torch(lambda p: torch.optim.SGD([p], lr=lr * (1 - bm), momentum=bm))),
            ("momentum_bias_corrected", momentum_corrected, {"beta": bm}, None),
            ("rmsprop", rmsprop, {"beta": br, "epsilon": eps},
             by_torch(lambda p: torch.optim.RMSprop([p], lr=lr, alpha=br, eps=eps))),
            ("adam", adam, {"beta1": b1, "beta2": b2, "epsilon": eps},
             by_torch(lambda p: torch.optim.Adam([p], lr=lr, betas=(b1, b2), eps=eps)))):
        trail = by_hand(rule)
        if check is not None:
            for (W, _), ref in zip(trail, check):
                same(W, ref, 1e-13, name)
        values = check if name == "adam" else [W for W, _ in trail]
        case = {"name": name, "learning_rate": lr, **hyper, "W_after": values}
        for k in ("v", "s"):
            if k in trail[0][1]:
                case[k + "_after"] = [s[k] for _, s in trail]
        out["cases"].append(case)
    series = np.round(rng.uniform(-5, 25, 12), 2)
    v, raw, corrected = 0.0, [], []
    for t, x in enumerate(series, 1):
        v = bm * v + (1 - bm) * x
        raw.append(v), corrected.append(v / (1 - bm ** t))
    out["moving_average"] = {"beta": bm, "values": series, "average": raw, "corrected": corrected}
    a0, rate, base, k = 0.2, 1.0, 0.95, 0.6
    epochs = list(range(1, 7))
    out["learning_rate_decay"] = {
        "initial_rate": a0, "epochs": epochs,
        "inverse": {"decay_rate": rate, "rates": [a0 / (1 + rate * e) for e in epochs]},
        "exponential": {"base": base, "rates": [a0 * base ** e for e in epochs]},
        "inverse_sqrt": {"k": k, "rates": [a0 * k / math.sqrt(e) for e in epochs]}}
    return out


def initialisation(cfg):
    return {"cases": [{
        "n_in": i, "n_out": o,
        "he_std": math.sqrt(2 / i), "xavier_std": math.sqrt(1 / i),
        "glorot_std": math.sqrt(2 / (i + o)),
        "he_uniform_limit": math.sqrt(6 / i), "glorot_uniform_limit": math.sqrt(6 / (i + o)),
    } for i, o in cfg["initialisation"]]}


# ---------------------------------------------------------------- metrics

def binary_report(y, pred):
    tn, fp, fn, tp = skm.confusion_matrix(y, pred, labels=[0, 1]).ravel()
    return {"true_positives": tp, "false_positives": fp, "false_negatives": fn,
            "true_negatives": tn, "accuracy": skm.accuracy_score(y, pred),
            "precision": skm.precision_score(y, pred, zero_division=0),
            "recall": skm.recall_score(y, pred, zero_division=0),
            "specificity": tn / (tn + fp), "f1": skm.f1_score(y, pred, zero_division=0)}


def metrics(cfg, rng):
    c = cfg["metrics"]
    m, mm, k = c["m"], c["multi_m"], c["classes"]
    y = rng.integers(0, 2, m)
    y[:2] = [0, 1]
    scores = np.clip(np.round(0.5 + 0.25 * (y - 0.5) + 0.25 * rng.standard_normal(m), 1), 0.1, 0.9)
    assert len(set(scores)) < m
    assert any(len(set(y[scores == s])) == 2 for s in set(scores)), "a tie across the classes"
    pred = (scores >= 0.5).astype(int)
    fpr, tpr, thr = skm.roc_curve(y, scores, drop_intermediate=False)
    auc = skm.roc_auc_score(y, scores)
    pos, neg = scores[y == 1], scores[y == 0]
    wins = np.mean([(p > q) + 0.5 * (p == q) for p in pos for q in neg])
    same(auc, wins, what="auc as the chance that a positive outranks a negative")
    out = {"binary": {"labels": y, "scores": scores, "threshold": 0.5, "predictions": pred,
                      **binary_report(y, pred), "log_loss": skm.log_loss(y, scores),
                      "roc": {"thresholds": [None if math.isinf(t) else t for t in thr.tolist()],
                              "false_positive_rate": fpr, "true_positive_rate": tpr, "auc": auc}},
           "no_positive_predictions": {"labels": y, "predictions": np.zeros(m, int),
                                       **binary_report(y, np.zeros(m, int))}}
    a = rng.integers(0, k, mm)
    p = np.where(rng.random(mm) < 0.65, a, rng.integers(0, k, mm))
    out["multiclass"] = {
        "classes": k, "labels": a, "predictions": p,
        "confusion": skm.confusion_matrix(a, p, labels=list(range(k))),
        "accuracy": skm.accuracy_score(a, p),
        "precision": skm.precision_score(a, p, average=None, labels=list(range(k)), zero_division=0),
        "recall": skm.recall_score(a, p, average=None, labels=list(range(k)), zero_division=0),
        "f1": skm.f1_score(a, p, average=None, labels=list(range(k)), zero_division=0),
        "macro_precision": skm.precision_score(a, p, average="macro", zero_division=0),
        "macro_recall": skm.recall_score(a, p, average="macro", zero_division=0),
        "macro_f1": skm.f1_score(a, p, average="macro", zero_division=0)}
    t = rnd(rng, 8)
    q = np.round(t + 0.4 * rng.standard_normal(8), 4)
    out["regression"] = {"targets": t, "predictions": q, "mse": skm.mean_squared_error(t, q),
                         "rmse": math.sqrt(skm.mean_squared_error(t, q)),
                         "mae": skm.mean_absolute_error(t, q), "r2": skm.r2_score(t, q)}
    return out


# ---------------------------------------------------------------- real data

def breast_cancer(cfg, data):
    c = cfg["breast_cancer"]
    lo, hi = c["rows"]
    header, table = read_table(data / "breast-cancer.csv")
    table = table[lo:hi]
    F, y = table[:, :-1], table[:, -1]
    m = len(y)
    mu, sd = F.mean(0), F.std(0)
    S = (F - mu) / sd
    # is there a hyperplane without errors? if so the unpenalised cost has no minimum
    sign = np.where(y > 0, 1.0, -1.0)
    G = -sign[:, None] * np.column_stack([S, np.ones(m)])
    feasible = linprog(np.zeros(S.shape[1] + 1), A_ub=G, b_ub=-np.ones(m),
                       bounds=(None, None)).status == 0
    out = {"dataset": "breast-cancer.csv", "rows": [lo, hi], "features": header[:-1],
           "positives": int(y.sum()), "mean": mu, "std": sd,
           "standardised_first_rows": S[:3], "linearly_separable": bool(feasible), "optima": []}
    D = np.column_stack([S, np.ones(m)])
    free = np.append(np.ones(S.shape[1]), 0.0)  # the bias is not penalised
    for lam in c["lambdas"]:
        theta = np.zeros(S.shape[1] + 1)
        for _ in range(200):
            p = sigmoid_np(D @ theta)
            g = D.T @ (p - y) / m + lam / m * free * theta
            H = (D.T * (p * (1 - p))) @ D / m + lam / m * np.diag(free)
            step = np.linalg.solve(H, g)
            theta = theta - step
            if np.abs(step).max() < 1e-15:
                break
        assert np.abs(g).max() < 1e-13
        clf = LogisticRegression(C=1 / lam, tol=1e-12, max_iter=100000).fit(S, y)
        same(np.append(clf.coef_[0], clf.intercept_), theta, 1e-5, "sklearn's optimum")
        z = D @ theta
        fit = bce_np(z, y).mean()
        pen = lam / (2 * m) * (theta[:-1] ** 2).sum()
        wrong = int(((z > 0) != (y > 0)).sum())
        out["optima"].append({"lambda": lam, "cost": fit + pen, "data_cost": fit, "penalty": pen,
                              "w": theta[:-1, None], "b": theta[-1], "misclassified": wrong,
                              "accuracy": 1 - wrong / m, "auc": skm.roc_auc_score(y, z)})
    lr, lam = c["learning_rate"], c["lambdas"][1]
    theta, costs = np.zeros(S.shape[1] + 1), []
    for k in range(c["steps"] + 1):
        z = D @ theta
        costs.append(bce_np(z, y).mean() + lam / (2 * m) * (theta[:-1] ** 2).sum())
        last = theta
        theta = theta - lr * (D.T @ (sigmoid_np(z) - y) / m + lam / m * free * theta)
    out["gradient_descent"] = {"learning_rate": lr, "lambda": lam, "steps": c["steps"],
                               "costs": costs, "w": last[:-1, None], "b": last[-1]}
    return out


def digits_mlp(cfg, rng, data):
    c = cfg["digits_mlp"]
    lo, hi = c["rows"]
    _, table = read_table(data / "digits.csv")
    table = table[lo:hi]
    X, labels = table[:, :-1].T / 16, table[:, -1].astype(int)
    Y, m, h, lr = one_hot(labels, 10), X.shape[1], c["hidden"], c["learning_rate"]
    dims = [64, h, 10]
    W0 = [rnd(rng, o, i, scale=math.sqrt(2 / i), digits=5) for i, o in zip(dims, dims[1:])]
    b0 = [np.zeros((o, 1)) for o in dims[1:]]
    out = {"dataset": "digits.csv", "rows": [lo, hi], "divide_by": 16, "layer_dims": dims,
           "W": W0, "b": b0, "learning_rate": lr, "steps": c["steps"], "cases": []}

    def run(act, X, Y):
        W, b = [leaf(w) for w in W0], [leaf(v) for v in b0]
        t, x, lab = T(Y), T(X), Y.argmax(0)
        costs, accs = [], []
        for k in range(c["steps"] + 1):
            z = W[1] @ TORCH_ACT[act](W[0] @ x + b[0]) + b[1]
            J = -(t * torch.log_softmax(z, 0)).sum() / m
            costs.append(J.item())
            accs.append(float((z.detach().numpy().argmax(0) == lab).mean()))
            if k == c["steps"]:
                break
            grads = torch.autograd.grad(J, W + b)
            with torch.no_grad():
                for p, g in zip(W + b, grads):
                    p -= lr * g
        return costs, accs, W, b

    for act in ("relu", "tanh"):
        costs, accs, W, b = run(act, X, Y)
        turned, _, _, _ = run(act, X[:, ::-1].copy(), Y[:, ::-1].copy())
        same(costs, turned, 1e-12, "the curve under another order of summing")
        out["cases"].append({"hidden": act, "costs": costs, "accuracies": accs,
                             "final_b2": b[1], "final_W2": W[1]})

    # mini-batches in file order, one epoch of Adam; the last batch is the smaller one
    W, b = [leaf(w) for w in W0], [leaf(v) for v in b0]
    opt = torch.optim.Adam(W + b, lr=0.01, betas=(0.9, 0.999), eps=1e-8)
    size, batch_costs = c["batch_size"], []
    for s in range(0, m, size):
        x, t = T(X[:, s:s + size]), T(Y[:, s:s + size])
        z = W[1] @ torch.relu(W[0] @ x + b[0]) + b[1]
        J = -(t * torch.log_softmax(z, 0)).sum() / x.shape[1]
        batch_costs.append(J.item())
        opt.zero_grad()
        J.backward()
        opt.step()
    with torch.no_grad():
        z = W[1] @ torch.relu(W[0] @ T(X) + b[0]) + b[1]
        J = float(-(T(Y) * torch.log_softmax(z, 0)).sum() / m)
    out["adam_epoch"] = {"hidden": "relu", "batch_size": size, "learning_rate": 0.01,
                         "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8,
                         "batch_costs": batch_costs, "cost_after": J,
                         "accuracy_after": float((z.numpy().argmax(0) == labels).mean())}
    return out


def main():
    here = Path(__file__).resolve().parent
    ap = argparse.ArgumentParser()
    ap.add_argument("--config")
    ap.add_argument("--data", type=Path, default=here.parents[2] / "Sources" / "Datasets" / "Files")
    ap.add_argument("--out", type=Path, default=here)
    args = ap.parse_args()
    cfg = dict(DEFAULT_CONFIG)
    if args.config:
        cfg.update(json.loads(Path(args.config).read_text(encoding="utf-8")))
    args.out.mkdir(parents=True, exist_ok=True)
    write = Writer(args.out)

    def rng(k):  # a stream a file: a change in one file leaves the others as they are
        return np.random.default_rng([cfg["seed"], k])

    write("activations.json", activations(cfg))
    write("logistic_regression.json", logistic(cfg, rng(1)))
    write("softmax_regression.json", softmax_regression(cfg, rng(2)))
    write("linear_regression.json", linear(cfg, rng(3), args.data))
    write("two_layer.json", two_layer(cfg, rng(4)))
    write("squared_mlp.json", squared_mlp(cfg, rng(5)))
    write("deep_binary.json", deep(cfg, rng(6), "deep_binary"))
    write("deep_multiclass.json", deep(cfg, rng(7), "deep_multi"))
    write("batch_norm.json", batch_norm(cfg, rng(8)))
    write("optimizers.json", optimizers(cfg, rng(9)))
    write("initialisation.json", initialisation(cfg))
    write("metrics.json", metrics(cfg, rng(10)))
    write("breast_cancer.json", breast_cancer(cfg, args.data))
    write("digits_mlp.json", digits_mlp(cfg, rng(11), args.data))


if __name__ == "__main__":
    main()
