"""How often one name may ask: a window of a minute, counted in this process."""

from collections import deque
from threading import Lock
from time import monotonic


class Pace:
    """Counts requests of the last minute by name."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen: dict[str, deque[float]] = {}

    def wait_s(self, name: str, per_minute: int) -> int:
        """Seconds to wait, 0 when the request may go on; then it is counted. No limit when `per_minute` is 0."""
        if per_minute <= 0:
            return 0
        now = monotonic()
        with self._lock:
            seen = self._seen.setdefault(name, deque())
            while seen and seen[0] < now - 60:
                seen.popleft()
            if len(seen) >= per_minute:
                return max(1, int(seen[0] + 60 - now) + 1)
            seen.append(now)
            if len(self._seen) > 10_000:
                self._seen = {
                    key: times for key, times in self._seen.items() if times and times[-1] > now - 60
                }
        return 0
