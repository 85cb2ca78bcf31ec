"""Times Gradus, NumPy and PyTorch on the same programs, in turn, on this machine, and prints the ratios.

    python3 docs/benchmarks/compare.py [--rounds R] [--seconds S] [--threads N] [--only NAME]

Needs a Python with NumPy; PyTorch is left out where it is not installed. Each round runs each program in one library after the other,
so that whatever else the machine does strikes them alike; the shortest run counts. Rows with "1 thread" use one thread each.
"""
import argparse
import importlib.util
import json
import math
import os
import platform
import subprocess
import sys

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
gradus = os.path.join(root, ".build", "release", "gradus")
peers = os.path.join(root, "docs", "benchmarks", "peers.py")

arguments = argparse.ArgumentParser()
arguments.add_argument("--rounds", type=int, default=3)
arguments.add_argument("--seconds", type=float, default=1)
arguments.add_argument("--threads", type=int, help="for every row, instead of as many as there are processors")
arguments.add_argument("--only")
arguments = arguments.parse_args()

programs = ["logistic-12288x209", "two-layer-2x400", "deep-12288-20-7-5-1", "mlp-784-128-64-10", "regression-64-1000-100-10"]
products = ["gemm-1024", "gemm-1024-A.T", "gemm-1024-B.T"]
rows = [(name, arguments.threads) for name in programs + products]
if arguments.threads is None:
    rows += [(name, 1) for name in products]
if arguments.only:
    rows = [row for row in rows if row[0] == arguments.only]
    if not rows:
        raise SystemExit(f"there is no workload {arguments.only}: {', '.join(programs + products)}")

libraries = {"NumPy": [sys.executable, peers, "numpy"], "Gradus": [gradus, "bench", "--json"]}
if importlib.util.find_spec("torch"):
    libraries["PyTorch"] = [sys.executable, peers, "torch"]
else:
    print("PyTorch is not installed for this Python: left out.")


def once(library, name, threads):
    command = libraries[library] + ["--only", name, "--seconds", str(arguments.seconds)]
    if threads:
        command += ["--threads", str(threads)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=root).stdout)[0]["milliseconds"]


def processor():
    try:
        with open("/proc/cpuinfo") as file:
            return next(line.split(":")[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def version(module):
    return subprocess.run([sys.executable, "-c", f"import {module}; print({module}.__version__)"],
                          check=True, capture_output=True, text=True).stdout.strip()


subprocess.run(["swift", "build", "-c", "release", "--product", "gradus"], check=True, cwd=root, stdout=subprocess.DEVNULL)
load = f", load {os.getloadavg()[0]:.1f} before" if hasattr(os, "getloadavg") else ""
print(f"{processor()}, {os.cpu_count()} processors{load}; NumPy {version('numpy')}"
      + (f", PyTorch {version('torch')}" if "PyTorch" in libraries else ""))
best = {}
for _ in range(arguments.rounds):
    for row in rows:
        for library in libraries:
            best[row, library] = min(best.get((row, library), math.inf), once(library, *row))

print()
print("| workload | " + " | ".join(f"{library}, ms" for library in libraries) + " | faster peer ÷ Gradus |")
print("|---|" + "---:|" * (len(libraries) + 1))
ratios = []
for row in rows:
    name, threads = row
    ratio = min(best[row, library] for library in libraries if library != "Gradus") / best[row, "Gradus"]
    if threads == arguments.threads and name in programs + ["gemm-1024"]:
        ratios.append(ratio)
    print(f"| `{name}`{', 1 thread' if threads == 1 else ''} | "
          + " | ".join(f"{best[row, library]:.2f}" for library in libraries) + f" | {ratio:.2f} |")
print()
if not arguments.only:
    mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
    print(f"Geometric mean of the five programs and the product: {mean:.2f}")
