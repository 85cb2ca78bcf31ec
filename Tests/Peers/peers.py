"""Has the real libraries read what Gradus writes, and write what Gradus reads.

Run by .ci/peers, which installs them into an environment of their own; students never need this.
"""
import glob
import os
import subprocess
import sys
import tempfile

import numpy
import safetensors.numpy
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def numbers(*shape):
    return (numpy.arange(numpy.prod(shape)) / 7 - 1).reshape(shape)


def exchange_weights():
    with tempfile.TemporaryDirectory() as folder:
        path = lambda name: os.path.join(folder, name)
        weights = {"W1": numbers(3, 2), "b1": numbers(3, 1)}
        numpy.savez(path("numpy.npz"), **weights)
        numpy.savez_compressed(path("numpy-compressed.npz"), **weights)
        safetensors.numpy.save_file(weights, path("numpy.safetensors"))
        subprocess.run(
            ["swift", "test", "--filter", "files are exchanged with other libraries"],
            cwd=root, env={**os.environ, "GRADUS_EXCHANGE": folder}, check=True, stdout=subprocess.DEVNULL)
        for name, read in [("gradus.npz", numpy.load), ("gradus.safetensors", safetensors.numpy.load_file)]:
            arrays = read(path(name))
            for key, expected in weights.items():
                assert arrays[key].dtype == numpy.float64, (name, key, arrays[key].dtype)
                assert numpy.array_equal(arrays[key], expected), (name, key)
        assert numpy.array_equal(numpy.load(path("gradus.npy")), weights["W1"])
    print(f"NumPy {numpy.__version__} and safetensors {safetensors.__version__}: 3 files read by Gradus, 3 written by it read by them")


def read_run(lesson):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["swift", "run", "-q", "gradus", "demo", lesson, "--tensorboard", folder], cwd=root, check=True,
                       stdout=subprocess.DEVNULL)
        [run] = os.listdir(folder)
        [file] = glob.glob(os.path.join(folder, run, "events.out.tfevents.*"))
        tags = accumulate(os.path.join(folder, run))
        # Cut off half-way, as by a crash: what was written before stays readable.
        data = open(file, "rb").read()
        open(file, "wb").write(data[: len(data) // 2])
        cut = accumulate(os.path.join(folder, run))
        assert 0 < cut["scalars"] < tags["scalars"], (cut, tags)
    print(f"TensorBoard reads the run of demo {lesson}: {tags}; cut off half-way: {cut}")


def accumulate(folder):
    events = EventAccumulator(folder, size_guidance={"scalars": 0, "histograms": 0, "images": 0})
    events.Reload()
    tags = events.Tags()
    counts = {"tags": len(tags["scalars"]), "scalars": sum(len(events.Scalars(tag)) for tag in tags["scalars"]),
              "histograms": sum(len(events.Histograms(tag)) for tag in tags["histograms"]),
              "images": sum(len(events.Images(tag)) for tag in tags["images"])}
    for tag in tags["scalars"]:
        assert all(event.value == event.value for event in events.Scalars(tag)), tag
    for tag in tags["images"]:
        for image in events.Images(tag):
            assert image.encoded_image_string.startswith(b"\x89PNG"), tag
    return counts


exchange_weights()
for lesson in sys.argv[1:] or ["3"]:
    read_run(lesson)
