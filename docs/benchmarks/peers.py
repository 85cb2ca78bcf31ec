"""The programs of `swift run -c release gradus bench` in NumPy and in PyTorch: same computation, same shapes, same number of
steps, in float64.

    python3 docs/benchmarks/peers.py numpy|torch [--only NAME] [--seconds S] [--threads N] [--float32]

Prints a list in JSON: [{"workload", "milliseconds", "repeats", "threads"}]. In NumPy each program is Sources/Benchmarks/Programs.swift
line by line; in PyTorch it is written as its users write it: layers, automatic derivatives, torch.optim.
"""
import argparse
import json
import os
import time

arguments = argparse.ArgumentParser()
arguments.add_argument("library", choices=["numpy", "torch"])
arguments.add_argument("--only")
arguments.add_argument("--seconds", type=float, default=1)
arguments.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count())
arguments.add_argument("--float32", action="store_true", help="PyTorch's default numbers instead of float64")
arguments = arguments.parse_args()
for name in ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"]:
    os.environ[name] = str(arguments.threads)

import numpy as np

rng = np.random.default_rng(1)


# MARK: NumPy

def numpy_logistic():
    X = rng.random((12288, 209))
    Y = (rng.random((1, 209)) > 0.5).astype(float)

    def run(rate=0.0005, steps=100):
        m = X.shape[1]
        w = np.zeros((X.shape[0], 1))
        b = 0.0
        for _ in range(steps):
            A = 1 / (1 + np.exp(-(w.T @ X + b)))
            J = -(Y * np.log(A) + (1 - Y) * np.log(1 - A)).sum() / m
            dZ = A - Y
            dw = X @ dZ.T / m
            db = dZ.sum() / m
            w = w - rate * dw
            b = b - rate * db
        return J
    return run


def numpy_two_layer():
    X = rng.standard_normal((2, 400))
    Y = (X[:1] * X[1:] > 0).astype(float)
    W1_0, W2_0 = 0.01 * rng.standard_normal((4, 2)), 0.01 * rng.standard_normal((1, 4))

    def run(rate=1.2, steps=1000):
        m = X.shape[1]
        W1, b1, W2, b2 = W1_0, np.zeros((4, 1)), W2_0, np.zeros((1, 1))
        for _ in range(steps):
            Z1 = W1 @ X + b1
            A1 = np.tanh(Z1)
            Z2 = W2 @ A1 + b2
            A2 = 1 / (1 + np.exp(-Z2))
            J = -(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)).sum() / m
            dZ2 = A2 - Y
            dW2 = dZ2 @ A1.T / m
            db2 = dZ2.sum(axis=1, keepdims=True) / m
            dZ1 = W2.T @ dZ2 * (1 - A1 ** 2)
            dW1 = dZ1 @ X.T / m
            db1 = dZ1.sum(axis=1, keepdims=True) / m
            W1 = W1 - rate * dW1
            b1 = b1 - rate * db1
            W2 = W2 - rate * dW2
            b2 = b2 - rate * db2
        return J
    return run


def numpy_layers(sizes):
    return [np.sqrt(2 / n) * rng.standard_normal((after, n)) for n, after in zip(sizes, sizes[1:])]


def numpy_deep():
    X = rng.random((12288, 209))
    Y = (rng.random((1, 209)) > 0.5).astype(float)
    weights = numpy_layers([12288, 20, 7, 5, 1])

    def run(rate=0.0075, steps=50):
        m, L = X.shape[1], len(weights)
        W, b = list(weights), [np.zeros((w.shape[0], 1)) for w in weights]
        for _ in range(steps):
            A = [X]
            for l in range(L):
                Z = W[l] @ A[l] + b[l]
                A.append(np.maximum(Z, 0) if l < L - 1 else 1 / (1 + np.exp(-Z)))
            J = -(Y * np.log(A[L]) + (1 - Y) * np.log(1 - A[L])).sum() / m
            dZ = A[L] - Y
            for l in reversed(range(L)):
                dW = dZ @ A[l].T / m
                db = dZ.sum(axis=1, keepdims=True) / m
                if l > 0:
                    dZ = W[l].T @ dZ * (A[l] > 0)
                W[l] = W[l] - rate * dW
                b[l] = b[l] - rate * db
        return J
    return run


def numpy_classifier():
    X = rng.random((784, 6400))
    Y = np.zeros((10, 6400))
    Y[rng.integers(10, size=6400), np.arange(6400)] = 1
    weights = numpy_layers([784, 128, 64, 10])

    def run(batch=64, rate=0.001):
        L = len(weights)
        parameters = weights + [np.zeros((w.shape[0], 1)) for w in weights]
        v = [0 * p for p in parameters]
        s = [0 * p for p in parameters]
        t = 0
        for first in range(0, X.shape[1], batch):
            m = batch
            y = Y[:, first:first + batch]
            A = [X[:, first:first + batch]]
            for l in range(L - 1):
                A.append(np.maximum(parameters[l] @ A[l] + parameters[L + l], 0))
            Z = parameters[L - 1] @ A[L - 1] + parameters[2 * L - 1]
            E = np.exp(Z - Z.max(axis=0, keepdims=True))
            A.append(E / E.sum(axis=0, keepdims=True))
            J = -(y * np.log(A[L])).sum() / m

            gradients = list(parameters)
            dZ = A[L] - y
            for l in reversed(range(L)):
                gradients[l] = dZ @ A[l].T / m
                gradients[L + l] = dZ.sum(axis=1, keepdims=True) / m
                if l > 0:
                    dZ = parameters[l].T @ dZ * (A[l] > 0)
            t += 1
            numpy_adam(parameters, gradients, v, s, t, rate)
        return J
    return run


def numpy_adam(parameters, gradients, v, s, t, rate):
    for k, g in enumerate(gradients):
        v[k] = 0.9 * v[k] + 0.1 * g
        s[k] = 0.999 * s[k] + 0.001 * g ** 2
        v_hat = v[k] / (1 - 0.9 ** t)
        s_hat = s[k] / (1 - 0.999 ** t)
        parameters[k] = parameters[k] - rate * v_hat / (np.sqrt(s_hat) + 1e-8)


def numpy_regression():
    X, Y = rng.standard_normal((1000, 64)), rng.standard_normal((10, 64))
    W1, W2 = numpy_layers([1000, 100, 10])

    def run(rate=1e-4, steps=500):
        parameters = [W1, np.zeros((100, 1)), W2, np.zeros((10, 1))]
        v = [0 * p for p in parameters]
        s = [0 * p for p in parameters]
        for t in range(1, steps + 1):
            Z1 = parameters[0] @ X + parameters[1]
            A1 = np.maximum(Z1, 0)
            Yhat = parameters[2] @ A1 + parameters[3]
            J = ((Yhat - Y) ** 2).sum()
            dZ2 = 2 * (Yhat - Y)
            dZ1 = parameters[2].T @ dZ2 * (Z1 > 0)
            gradients = [dZ1 @ X.T, dZ1.sum(axis=1, keepdims=True), dZ2 @ A1.T, dZ2.sum(axis=1, keepdims=True)]
            numpy_adam(parameters, gradients, v, s, t, rate)
        return J
    return run


def numpy_product(multiply):
    A, B = rng.standard_normal((1024, 1024)), rng.standard_normal((1024, 1024))
    return lambda: multiply(A, B)[1023, 1023]


# MARK: PyTorch

def tensor(array):
    return torch.tensor(array, dtype=torch.float32 if arguments.float32 else torch.float64)


def torch_network(sizes, hidden, *head):
    modules = []
    for n, after in zip(sizes, sizes[1:]):
        modules += [torch.nn.Linear(n, after, dtype=torch.float32 if arguments.float32 else torch.float64), hidden()]
    return torch.nn.Sequential(*modules[:-1], *head)


def torch_training(X, Y, make_model, loss, make_optimizer, steps):
    """Examples are rows, as PyTorch's layers take them."""
    def run():
        torch.manual_seed(1)
        model = make_model()
        optimizer = make_optimizer(model.parameters())
        for _ in range(steps):
            J = loss(model(X), Y)
            optimizer.zero_grad()
            J.backward()
            optimizer.step()
        return J.item()
    return run


def torch_logistic():
    X, Y = tensor(rng.random((209, 12288))), tensor(rng.random((209, 1)) > 0.5)
    return torch_training(
        X, Y, lambda: torch_network([12288, 1], torch.nn.Identity, torch.nn.Sigmoid()), torch.nn.BCELoss(),
        lambda p: torch.optim.SGD(p, lr=0.0005), 100)


def torch_two_layer():
    x = rng.standard_normal((400, 2))
    X, Y = tensor(x), tensor(x[:, :1] * x[:, 1:] > 0)
    return torch_training(
        X, Y, lambda: torch_network([2, 4, 1], torch.nn.Tanh, torch.nn.Sigmoid()), torch.nn.BCELoss(),
        lambda p: torch.optim.SGD(p, lr=1.2), 1000)


def torch_deep():
    X, Y = tensor(rng.random((209, 12288))), tensor(rng.random((209, 1)) > 0.5)
    return torch_training(
        X, Y, lambda: torch_network([12288, 20, 7, 5, 1], torch.nn.ReLU, torch.nn.Sigmoid()), torch.nn.BCELoss(),
        lambda p: torch.optim.SGD(p, lr=0.0075), 50)


def torch_classifier():
    X, Y = tensor(rng.random((6400, 784))), torch.tensor(rng.integers(10, size=6400))
    loss = torch.nn.CrossEntropyLoss()

    def run(batch=64, rate=0.001):
        torch.manual_seed(1)
        model = torch_network([784, 128, 64, 10], torch.nn.ReLU)
        optimizer = torch.optim.Adam(model.parameters(), lr=rate)
        for first in range(0, len(X), batch):
            J = loss(model(X[first:first + batch]), Y[first:first + batch])
            optimizer.zero_grad()
            J.backward()
            optimizer.step()
        return J.item()
    return run


def torch_regression():
    X, Y = tensor(rng.standard_normal((64, 1000))), tensor(rng.standard_normal((64, 10)))
    return torch_training(
        X, Y, lambda: torch_network([1000, 100, 10], torch.nn.ReLU), torch.nn.MSELoss(reduction="sum"),
        lambda p: torch.optim.Adam(p, lr=1e-4), 500)


def torch_product(multiply):
    A, B = tensor(rng.standard_normal((1024, 1024))), tensor(rng.standard_normal((1024, 1024)))
    return lambda: multiply(A, B)[1023, 1023].item()


# MARK: Times

product = numpy_product
if arguments.library == "torch":
    import torch
    torch.set_num_threads(arguments.threads)
    product = torch_product

workloads = {
    "logistic-12288x209": (numpy_logistic, torch_logistic),
    "two-layer-2x400": (numpy_two_layer, torch_two_layer),
    "deep-12288-20-7-5-1": (numpy_deep, torch_deep),
    "mlp-784-128-64-10": (numpy_classifier, torch_classifier),
    "regression-64-1000-100-10": (numpy_regression, torch_regression),
    "gemm-1024": (lambda: product(lambda A, B: A @ B),) * 2,
    "gemm-1024-A.T": (lambda: product(lambda A, B: A.T @ B),) * 2,
    "gemm-1024-B.T": (lambda: product(lambda A, B: A @ B.T),) * 2,
}


def timed(program):
    program()
    best, repeats, start = float("inf"), 0, time.perf_counter()
    while repeats < 3 or time.perf_counter() - start < arguments.seconds:
        before = time.perf_counter()
        program()
        best = min(best, time.perf_counter() - before)
        repeats += 1
    return best * 1000, repeats


rows = []
for name, (in_numpy, in_torch) in workloads.items():
    if arguments.only in (None, name):
        make = in_numpy if arguments.library == "numpy" else in_torch
        milliseconds, repeats = timed(make())
        rows.append({"workload": name, "milliseconds": milliseconds, "repeats": repeats, "threads": arguments.threads})
if not rows:
    raise SystemExit(f"there is no workload {arguments.only}: {', '.join(workloads)}")
print(json.dumps(rows, indent=2))
