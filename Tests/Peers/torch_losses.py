"""Runs the programs of chapter 15 in a real PyTorch, from the weights that Gradus began with, and compares the losses.

Needs a Python with torch (Debian: python3-torch). Students never need this.
"""
import os
import struct
import subprocess
import json
import tempfile

import torch

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def load(path):
    """A safetensors file of 64-bit numbers, read by hand: torch alone is asked for."""
    data = open(path, "rb").read()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + length])
    arrays = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        numbers = torch.frombuffer(bytearray(data[8 + length + begin:8 + length + end]), dtype=torch.float64)
        arrays[name] = numbers.reshape(entry["shape"]).clone()
    return arrays


def program(name, arrays):
    """Activation, loss with J's mean, optimiser, batch size."""
    n = torch.nn.functional
    if name == "numpy":
        return torch.tanh, lambda Z, Y: n.binary_cross_entropy_with_logits(Z, Y, reduction="sum"), \
            lambda p: torch.optim.SGD(p, lr=1.2), 400
    if name == "pytorch":
        return torch.relu, lambda Z, Y: n.mse_loss(Z, Y, reduction="sum"), lambda p: torch.optim.Adam(p, lr=1e-4), 64
    if name == "tensorflow":
        return torch.relu, printed, lambda p: torch.optim.SGD(p, lr=0.2), 50
    cross = lambda Z, Y: n.cross_entropy(Z, Y.argmax(1), reduction="sum")
    if name == "keras":
        return torch.relu, cross, lambda p: torch.optim.RMSprop(p, lr=0.001, alpha=0.9, eps=1e-7), 32
    # v ← βv + (1 − β)g is PyTorch's momentum with dampening.
    return torch.sigmoid, cross, lambda p: Dampened(p, 0.5, 0.9), 30


def printed(Z, Y):
    """The cost as the slide prints it: softmax, clipped, and both terms of the binary cross-entropy for each class."""
    A = torch.softmax(Z, 1).clamp(1e-10, 0.9999999)
    return -(Y * A.log() + (1 - Y) * (1 - A).log()).sum()


class Dampened:
    """PyTorch's SGD leaves the dampening out of the first step; this is the rule as lesson 11 has it, on torch's gradients."""

    def __init__(self, parameters, rate, beta):
        self.parameters, self.rate, self.beta = list(parameters), rate, beta
        self.v = [torch.zeros_like(p) for p in self.parameters]

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None

    def step(self):
        with torch.no_grad():
            for k, p in enumerate(self.parameters):
                self.v[k] = self.beta * self.v[k] + (1 - self.beta) * p.grad
                p -= self.rate * self.v[k]


def compare(name, arrays):
    g, loss, make, size = program(name, arrays)
    X, Y = arrays["X"].T, arrays["Y"].T
    p = [arrays[key].clone().requires_grad_() for key in ("W1", "b1", "W2", "b2")]
    model = lambda X: g(X @ p[0].T + p[1].T) @ p[2].T + p[3].T
    optimizer = make(p)
    worst, m = 0.0, len(X)
    for expected, expected_after in zip(arrays["costs"][0], arrays["costs_after"][0]):
        total = 0.0
        for start in range(0, m, size):
            x, y = X[start:start + size], Y[start:start + size]
            value = loss(model(x), y)
            optimizer.zero_grad()
            (value / len(x)).backward()
            optimizer.step()
            total += value.item()
        after = loss(model(X), Y).item() / m
        worst = max(worst, abs(total / m - expected) / abs(expected), abs(after - expected_after) / abs(expected_after))
    weights = max((a.detach() - arrays[key + "_after"]).abs().max().item()
                  for a, key in zip(p, ("W1", "b1", "W2", "b2")))
    print(f"  {name:9} {len(arrays['costs'][0]):3} epochs: first cost {arrays['costs'][0][0]:.6g}, "
          f"last {arrays['costs'][0][-1]:.6g}; largest relative difference of a cost {worst:.1e}, of a weight {weights:.1e}")
    assert worst < 1e-6 and weights < 1e-6, name


with tempfile.TemporaryDirectory() as folder:
    subprocess.run(["swift", "test", "--filter", "PyTorchExchange"], cwd=root,
                   env={**os.environ, "GRADUS_EXCHANGE": folder}, check=True, stdout=subprocess.DEVNULL)
    print(f"PyTorch {torch.__version__} from the same weights, 64-bit:")
    for name in ("numpy", "pytorch", "tensorflow", "keras", "momentum"):
        compare(name, load(os.path.join(folder, name + ".safetensors")))
