"""The way to the portal, check by check: name, route, proxy, certificate, portal, clock, version, sign-in, speed.

Every check says what it found and what to tell the IT department; after one that fails, those that need it are
skipped. Nothing of the station's data is sent.
"""

import os
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from sangkien_desktop.clock import Clock
from sangkien_desktop.progress import Progress
from sangkien_desktop.sync.client import PortalClient
from sangkien_desktop.sync.failures import Failure, PortalFailure
from sangkien_desktop.sync.proxies import ProxyChoice
from sangkien_desktop.sync.wire.portal import Meta

CONNECT_S = 10.0
CLOCK_OFF = timedelta(minutes=5)
SLOW_S = 3.0
CERTIFICATE_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


class Verdict(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARNING = "warning"
    BAD = "bad"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Check:
    """One check. `name` is stable, `label` and `said` are for people, `tell_it` is for the IT department."""

    name: str
    label: str
    verdict: Verdict
    said: str
    tell_it: str = ""


class Doctor:
    """Looks at the way to one portal."""

    def __init__(
        self, client: PortalClient, address: str, proxies: ProxyChoice, clock: Clock, *, is_signed_in: bool
    ) -> None:
        self._client = client
        self._parts = urlsplit(address)
        self._address = address
        self._proxies = proxies
        self._clock = clock
        self._is_signed_in = is_signed_in
        self._meta: Meta | None = None
        self._took_s = 0.0

    def examine(self, progress: Progress) -> tuple[Check, ...]:
        """Every check, in order."""
        return tuple(self._checks(progress))

    def _checks(self, progress: Progress) -> Iterator[Check]:
        is_stopped = False
        for number, (name, label, look) in enumerate(self._looks()):
            progress.check()
            progress.report(number, len(_LABELS), label)
            if is_stopped:
                yield Check(name, label, Verdict.SKIPPED, "Chưa xem được vì bước trước chưa qua.")
                continue
            check = look(name, label, progress)
            is_stopped = check.verdict is Verdict.BAD and name in _NEEDED
            yield check

    def _looks(self) -> tuple[tuple[str, str, Callable[[str, str, Progress], Check]], ...]:
        looks = (
            self._proxy,
            self._name,
            self._route,
            self._certificate,
            self._portal,
            self._time,
            self._version,
            self._sign_in,
            self._speed,
        )
        return tuple((name, label, look) for (name, label), look in zip(_LABELS, looks, strict=True))

    @property
    def _host(self) -> str:
        return self._parts.hostname or ""

    @property
    def _port(self) -> int:
        return self._parts.port or (443 if self._parts.scheme == "https" else 80)

    def _way(self) -> tuple[str, int]:
        """Where the first connection goes: the proxy, or the portal itself."""
        proxy = self._proxies.for_url(self._address).get(self._parts.scheme)
        if proxy is None:
            return self._host, self._port
        parts = urlsplit(proxy)
        return parts.hostname or "", parts.port or 8080

    def _proxy(self, name: str, label: str, _progress: Progress) -> Check:
        host, port = self._way()
        if (host, port) == (self._host, self._port):
            return Check(name, label, Verdict.OK, "Nối thẳng, không qua proxy.")
        return Check(name, label, Verdict.OK, f"Qua proxy {host}:{port}.")

    def _name(self, name: str, label: str, _progress: Progress) -> Check:
        host, port = self._way()
        try:
            found = {info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
        except OSError:
            tell = f"Máy không phân giải được tên {host} (DNS)."
            return Check(name, label, Verdict.BAD, f"Không tìm thấy {host} trên mạng.", tell)
        return Check(name, label, Verdict.OK, f"{host} → {', '.join(sorted(map(str, found)))}")

    def _route(self, name: str, label: str, _progress: Progress) -> Check:
        host, port = self._way()
        began = time.monotonic()
        try:
            socket.create_connection((host, port), timeout=CONNECT_S).close()
        except OSError:
            tell = f"Máy không mở được kết nối TCP tới {host}:{port}; xem tường lửa."
            return Check(name, label, Verdict.BAD, f"Không nối được tới {host}:{port}.", tell)
        return Check(name, label, Verdict.OK, f"Nối được sau {(time.monotonic() - began) * 1000:.0f} ms.")

    def _certificate(self, name: str, label: str, _progress: Progress) -> Check:
        if self._parts.scheme != "https":
            return Check(name, label, Verdict.SKIPPED, "Địa chỉ trong máy, không dùng TLS.")
        if self._way() != (self._host, self._port):
            return Check(name, label, Verdict.SKIPPED, "Qua proxy: xem ở bước Cổng.")
        set_by_hand = [variable for variable in CERTIFICATE_VARIABLES if os.environ.get(variable)]
        try:
            issuer = self._issuer()
        except (OSError, ssl.SSLError) as error:
            # The table of the network module knows what each TLS failure means.
            from sangkien_desktop.sync.network import failure_of

            failure = PortalFailure(failure_of(error))
            tell = f"Chứng chỉ của {self._host} không được máy tin: {type(error).__name__}."
            return Check(name, label, Verdict.BAD, failure.sentence, tell)
        said = f"Do “{issuer}” cấp."
        if set_by_hand:
            tell = f"Biến môi trường đang đặt: {', '.join(set_by_hand)}."
            return Check(name, label, Verdict.WARNING, said, tell)
        return Check(name, label, Verdict.OK, said)

    def _issuer(self) -> str:
        # Only this check and the link need the library.
        import truststore

        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        with (
            socket.create_connection((self._host, self._port), timeout=CONNECT_S) as raw,
            context.wrap_socket(raw, server_hostname=self._host) as secured,
        ):
            certificate: dict[str, Any] = dict(secured.getpeercert() or {})
        issuer = {key: value for part in certificate.get("issuer", ()) for key, value in part}
        return str(issuer.get("organizationName") or issuer.get("commonName") or "?")

    def _portal(self, name: str, label: str, progress: Progress) -> Check:
        began = time.monotonic()
        try:
            self._meta = self._client.meta(progress)
        except PortalFailure as failure:
            tell = f"GET {self._address}/api/v1/meta: {failure.code}, HTTP {failure.status or '–'}."
            return Check(name, label, Verdict.BAD, failure.sentence, tell)
        self._took_s = time.monotonic() - began
        if self._meta.closed_until is not None:
            return Check(name, label, Verdict.WARNING, PortalFailure(Failure.MAINTENANCE).sentence)
        return Check(name, label, Verdict.OK, f"Cổng “{self._meta.portal_id}” trả lời.")

    def _time(self, name: str, label: str, _progress: Progress) -> Check:
        assert self._meta is not None
        if self._meta.server_time is None:
            return Check(name, label, Verdict.SKIPPED, "Cổng không cho biết giờ.")
        off = self._meta.server_time - self._clock.now()
        if abs(off) <= CLOCK_OFF:
            return Check(name, label, Verdict.OK, "Giờ của máy khớp với Cổng.")
        minutes = abs(off).total_seconds() / 60
        how = "chậm" if off > timedelta(0) else "nhanh"
        said = f"Giờ của máy {how} {minutes:,.0f} phút so với Cổng.".replace(",", ".")
        return Check(name, label, Verdict.WARNING, said, "Đặt lại ngày giờ và múi giờ của máy (NTP).")

    def _version(self, name: str, label: str, _progress: Progress) -> Check:
        assert self._meta is not None
        versions = self._meta.api_versions
        if versions and not any(version.startswith("1.") for version in versions):
            return Check(name, label, Verdict.BAD, PortalFailure(Failure.CLIENT_TOO_OLD).sentence)
        return Check(name, label, Verdict.OK, f"Cổng nói phiên bản {', '.join(versions) or '1'}.")

    def _sign_in(self, name: str, label: str, progress: Progress) -> Check:
        if not self._is_signed_in:
            return Check(name, label, Verdict.WARNING, "Máy này chưa đăng nhập Cổng.")
        try:
            me = self._client.me(progress)
        except PortalFailure as failure:
            return Check(name, label, Verdict.BAD, failure.sentence)
        return Check(name, label, Verdict.OK, f"{me.name} · {me.unit_name}")

    def _speed(self, name: str, label: str, _progress: Progress) -> Check:
        said = f"Cổng trả lời sau {self._took_s * 1000:.0f} ms."
        if self._took_s > SLOW_S:
            return Check(name, label, Verdict.WARNING, said, "Đường truyền chậm; máy sẽ gửi lô nhỏ hơn.")
        return Check(name, label, Verdict.OK, said)


_LABELS = (
    ("proxy", "Máy chủ trung gian"),
    ("name", "Tên máy chủ"),
    ("route", "Đường tới"),
    ("certificate", "Chứng chỉ"),
    ("portal", "Cổng"),
    ("clock", "Ngày giờ"),
    ("version", "Phiên bản"),
    ("sign_in", "Đăng nhập"),
    ("speed", "Tốc độ"),
)
_NEEDED = frozenset({"name", "route", "certificate", "portal"})
