#!/usr/bin/env python3
"""Reads a Longhand model file with the standard library and numpy, to show that others can.

    python3 tests/read_model.py MODEL             list its tensors and what it says of itself
    python3 tests/read_model.py MODEL EXPECTED    compare names, shapes and sums with a list

EXPECTED has a line "NAME ROWS COLUMNS SUM" a tensor, the sum taken in float64. A difference is
told and the exit code is 1.
"""
import json
import sys

import numpy

DTYPES = {"F16": numpy.float16, "F32": numpy.float32}


def load(path):
    """The metadata and {name: array} of a safetensors file of float16 and float32 tensors."""
    with open(path, "rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
        data = file.read()
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = numpy.frombuffer(data[begin:end], DTYPES[entry["dtype"]])
        tensors[name] = values.reshape(entry["shape"])
    return metadata, tensors


def compare(tensors, expected_path):
    """What differs from the list, as sentences."""
    with open(expected_path, encoding="utf-8") as file:
        rows = [line.split() for line in file]
    expected = {name: ((int(rows), int(columns)), float(total))
                for name, rows, columns, total in rows}
    differences = [f"{name}: one side lacks it" for name in sorted(tensors.keys() ^ expected)]
    for name in tensors.keys() & expected.keys():
        shape, total = expected[name]
        if tensors[name].shape != shape:
            differences.append(f"{name}: shape {tensors[name].shape}, not {shape}")
        found = tensors[name].astype(numpy.float64).sum()
        if abs(found - total) > 1e-9 * max(1, abs(total)):
            differences.append(f"{name}: sum {found!r}, not {total!r}")
    return differences


def main(arguments):
    metadata, tensors = load(arguments[0])
    if len(arguments) > 1:
        differences = compare(tensors, arguments[1])
        print("\n".join(differences), file=sys.stderr)
        return 1 if differences or not tensors else 0
    for key, value in metadata.items():
        print(f"{key}: {value}")
    for name, values in tensors.items():
        print(f"{name:24} {values.dtype} {list(values.shape)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
