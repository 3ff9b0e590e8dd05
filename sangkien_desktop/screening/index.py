"""Which of many texts are worth comparing: weighted MinHash in bands, rare features first.

Administrative prose is formulaic, so a feature weighs the less the more texts have it; the counts are the
model that has to be stored with the keys, because the keys depend on it.
"""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sangkien_desktop.errors import AppError
from sangkien_desktop.progress import SILENT, Progress
from sangkien_desktop.screening import thresholds
from sangkien_desktop.screening.features import Features, extract
from sangkien_desktop.screening.model import ScreeningText

if TYPE_CHECKING:
    from sangkien_desktop.screening.features import Array

_MAGIC = b"SKI1"
_BITS = 20
_CHUNK = 10_000


@dataclass(frozen=True)
class Index:
    """How often every feature occurs among `size` texts; makes the band keys under which texts are stored.

    Storage keeps rows (band key, id) and looks a new text up by `signature`. Keys made by one model compare
    only with keys made by the same model: after `is_outgrown` all rows are made anew.
    """

    size: int
    frequency: "Array"

    @classmethod
    def build(cls, texts: Sequence[ScreeningText], *, progress: Progress = SILENT) -> "Index":
        """Count the features of all texts."""
        import numpy as np  # heavy; loaded by the first screening

        frequency = np.zeros(1 << _BITS, dtype=np.uint32)
        for at in range(0, len(texts), _CHUNK):
            progress.check()
            progress.report(at, len(texts))
            frequency += _counted(extract(texts[at : at + _CHUNK]))
        return cls(len(texts), frequency)

    def signature(self, text: ScreeningText) -> tuple[int, ...]:
        """The band keys of one text, non-negative and below 2**48; two texts sharing one are candidates."""
        return tuple(int(key) for key in self.band_keys(self.sketch(extract([text])))[:, 0])

    def signatures(
        self, texts: Sequence[ScreeningText], *, progress: Progress = SILENT
    ) -> list[tuple[int, ...]]:
        """`signature` of many texts, much faster than one by one."""
        keys: list[tuple[int, ...]] = []
        for at in range(0, len(texts), _CHUNK):
            progress.check()
            progress.report(at, len(texts))
            made = self.band_keys(self.sketch(extract(texts[at : at + _CHUNK])))
            keys.extend(zip(*(row.tolist() for row in made), strict=True))
        return keys

    def is_outgrown(self, size: int) -> bool:
        """The collection has changed so much since the counting that keys should be made anew."""
        return size > thresholds.SMALL_COLLECTION and not self.size / 2 <= size <= self.size * 2

    def sketch(self, found: Features) -> "Array":
        """One row per hash function, one column per text: the id of the text's smallest weighted feature."""
        import numpy as np  # heavy; loaded by the first screening

        often = self.frequency[found.hashes >> np.uint32(32 - _BITS)]
        few = max(thresholds.RARE_LEAST, self.size * thresholds.RARE_SHARE)
        is_used = often <= max(thresholds.COMMON_LEAST, self.size * thresholds.COMMON_SHARE)
        hashes, owner = found.hashes[is_used], found.owner[is_used]
        cost = (np.maximum(often[is_used], few) / few).astype(np.float32)
        sketch = np.empty((thresholds.HASHES, found.count), dtype=np.uint32)
        counts = np.bincount(owner, minlength=found.count)
        empty = np.flatnonzero(counts == 0)
        filled = np.flatnonzero(counts)
        starts = (np.cumsum(counts) - counts)[filled]
        rng = np.random.default_rng(20_210_901)
        for row in range(thresholds.HASHES):
            factors = rng.integers(1, 1 << 32, 2, dtype=np.uint64).astype(np.uint32) | np.uint32(1)
            value = hashes * factors[0]
            value ^= value >> np.uint32(15)
            value *= factors[1]
            value ^= value >> np.uint32(13)
            price = value.astype(np.float32)
            price *= cost
            if len(filled):
                sketch[row, filled] = np.minimum.reduceat(price, starts).view(np.uint32)
            sketch[row, empty] = 0
        return sketch

    @staticmethod
    def band_keys(sketch: "Array") -> "Array":
        """One row per band, one column per text; keys of different bands never meet."""
        import numpy as np  # heavy; loaded by the first screening

        rows = thresholds.ROWS_PER_BAND
        bands = []
        for band in range(thresholds.HASHES // rows):
            key = np.full(
                sketch.shape[1], 0x9E3779B97F4A7C15 * (band + 1) & 0xFFFFFFFFFFFFFFFF, dtype=np.uint64
            )
            for row in range(rows):
                key ^= sketch[band * rows + row]
                key *= np.uint64(0xFF51AFD7ED558CCD)
                key ^= key >> np.uint64(32)
            bands.append((key >> np.uint64(16)).astype(np.int64))
        return np.stack(bands)

    def to_bytes(self) -> bytes:
        """For storage: a few hundred kilobytes."""
        return (
            _MAGIC + struct.pack("<Q", self.size) + zlib.compress(self.frequency.astype("<u4").tobytes(), 6)
        )

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Index":
        """The model that `to_bytes` wrote; anything else is refused with an AppError."""
        import numpy as np  # heavy; loaded by the first screening

        try:
            if stored[:4] != _MAGIC:
                raise ValueError("not an index")
            (size,) = struct.unpack_from("<Q", stored, 4)
            frequency = np.frombuffer(zlib.decompress(stored[12:]), dtype="<u4").astype(np.uint32)
            if len(frequency) != 1 << _BITS:
                raise ValueError("wrong length")
        except (ValueError, struct.error, zlib.error) as error:
            raise AppError(
                "Chỉ mục rà soát trùng bị hỏng.", hint="Chạy lại rà soát trùng toàn bộ để lập chỉ mục mới."
            ) from error
        return cls(size, frequency)


def _counted(found: Features) -> "Array":
    import numpy as np  # heavy; loaded by the first screening

    return np.bincount(found.hashes >> np.uint32(32 - _BITS), minlength=1 << _BITS).astype(np.uint32)
