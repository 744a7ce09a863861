"""One file for each generation of a market's index, mapped by every process of the machine and shared by all.

A file is written beside its place and moved there when it is whole. It is never trusted: the header has a checksum, and
what does not agree with what is asked for is as good as no file.
"""

import json
import mmap
import os
import struct
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np

from resource_hub.matching.index.packing import Array, put_together, taken_apart
from resource_hub.matching.index.table import Index

_MAGIC = b"RHINDEX1"
# Magic, length of the header, length of the file, checksum of the header.
_PREFIX = struct.Struct("<8sQQ32s")
_ALIGNED = 64

Stamp = dict[str, Any]


def write(path: Path, index: Index, stamp: Stamp) -> None:
    """Write an index; `stamp` says what it was made from."""
    arrays: list[Array] = []
    value = taken_apart(index, arrays)
    table, end = [], 0
    for array in arrays:
        table.append([array.dtype.str, list(array.shape), end])
        end = _aligned(end + array.nbytes)
    header = json.dumps({"stamp": stamp, "value": value, "arrays": table}, sort_keys=True).encode()
    begin = _aligned(_PREFIX.size + len(header))
    with NamedTemporaryFile(dir=path.parent, prefix=path.name, suffix=".new", delete=False) as file:
        file.write(_PREFIX.pack(_MAGIC, len(header), begin + end, sha256(header).digest()))
        file.write(header)
        for array, (_kind, _shape, offset) in zip(arrays, table, strict=True):
            file.seek(begin + offset)
            file.write(array.tobytes())
        file.truncate(begin + end)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)


def read(path: Path, stamp: Stamp) -> Index | None:
    """Map an index; None where there is none that was made from this, or where it is not whole."""
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, length, size, checksum = _PREFIX.unpack_from(mapped)
        header = mapped[_PREFIX.size : _PREFIX.size + length]
        if magic != _MAGIC or size != len(mapped) or sha256(header).digest() != checksum:
            return None
        found = json.loads(header)
        if found["stamp"] != stamp:
            return None
        begin = _aligned(_PREFIX.size + length)
        arrays = [_array(mapped, begin + offset, kind, shape) for kind, shape, offset in found["arrays"]]
        index = put_together(found["value"], arrays)
    except (OSError, ValueError, KeyError, IndexError, TypeError, struct.error):
        return None
    return index if isinstance(index, Index) else None


def _array(mapped: mmap.mmap, offset: int, kind: str, shape: list[int]) -> Array:
    count = int(np.prod(shape))
    if not count:
        return np.zeros(shape, dtype=kind)
    return np.frombuffer(mapped, dtype=kind, count=count, offset=offset).reshape(shape)


def _aligned(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
