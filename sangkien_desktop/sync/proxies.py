"""Which proxy stands between the station and the portal: the system's, one typed in, or none."""

import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from sangkien_desktop.settings import ProxyMode, Settings

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class ProxyChoice:
    """How to go out. User and password are never shown or logged."""

    mode: ProxyMode = ProxyMode.NONE
    address: str = ""
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return f"ProxyChoice({self.mode})"

    def for_url(self, url: str) -> Mapping[str, str]:
        """Scheme → proxy address; empty when the way is direct. `NO_PROXY` is honoured for the system's."""
        host = urlsplit(url).hostname or ""
        if self.mode is ProxyMode.NONE or host in _LOOPBACK:
            return {}
        if self.mode is ProxyMode.MANUAL:
            return dict.fromkeys(("http", "https"), self._signed_in(self.address)) if self.address else {}
        # Reads the registry on Windows and the environment elsewhere.
        if urllib.request.proxy_bypass(host):
            return {}
        found = urllib.request.getproxies()
        proxies: dict[str, str] = {name: found[name] for name in ("http", "https") if name in found}
        if "all" in found:
            proxies = {"http": found["all"], "https": found["all"]} | proxies
        return {scheme: self._signed_in(address) for scheme, address in proxies.items()}

    def _signed_in(self, address: str) -> str:
        text = address if "://" in address else f"http://{address}"
        parts = urlsplit(text)
        if not self.user or "@" in parts.netloc:
            return text
        name = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}"
        return urlunsplit(parts._replace(netloc=f"{name}@{parts.netloc}"))


DIRECT = ProxyChoice()


def chosen(settings: Settings, *, user: str = "", password: str = "") -> ProxyChoice:
    """The choice that the settings make; the password comes from the database, never from the settings."""
    return ProxyChoice(settings.proxy_mode, settings.proxy_address, user, password)
