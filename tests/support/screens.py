"""A real X screen with a window manager, and keys that go through it."""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

LONG_S = 40


def need(*programs: str) -> None:
    """Skip, naming what is missing."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        pytest.skip(f"this machine lacks {', '.join(missing)}")


@contextlib.contextmanager
def running(
    command: Sequence[str], env: Mapping[str, str], **options: Any
) -> Iterator["subprocess.Popen[str]"]:
    """A program that ends with the block, by its own process id."""
    with subprocess.Popen(command, env=dict(env), text=True, stderr=subprocess.DEVNULL, **options) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(8)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def until(question: Callable[[], object], timeout_s: float = LONG_S) -> None:
    """Wait for something to be so."""
    end = time.monotonic() + timeout_s
    while not question():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.05)


def ask(env: Mapping[str, str], *command: str) -> str:
    """What a short command says; empty when it has nothing to say in time."""
    try:
        done = subprocess.run(command, env=dict(env), capture_output=True, text=True, timeout=10, check=False)
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.strip()


@contextlib.contextmanager
def an_x_screen(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a fresh screen of 1366×768 with a window manager on it."""
    need("Xvfb", "openbox", "xdotool", "xprop")
    read, write = os.pipe()
    env = {
        **os.environ,
        "HOME": str(folder),
        "QT_QPA_PLATFORM": "xcb",
        "LANG": "C.UTF-8",
        "NO_AT_BRIDGE": "1",
    }
    command = [
        "Xvfb",
        "-displayfd",
        str(write),
        "-screen",
        "0",
        "1366x768x24",
        "-nolisten",
        "tcp",
        "-noreset",
    ]
    with running(command, env, pass_fds=[write]):
        os.close(write)
        with os.fdopen(read) as pipe:
            env["DISPLAY"] = ":" + pipe.readline().strip()
        with running(["openbox", "--sm-disable"], env):
            until(lambda: "window id" in ask(env, "xprop", "-root", "_NET_SUPPORTING_WM_CHECK"))
            yield env


@contextlib.contextmanager
def vietnamese_typing(env: dict[str, str], folder: Path, method: str) -> Iterator[dict[str, str]]:
    """IBus with Unikey on a bus of its own; `method` is telex or vni."""
    need("ibus-daemon", "ibus", "dbus-daemon", "gsettings")
    (folder / "run").mkdir(mode=0o700)
    env = {
        **env,
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "GSETTINGS_BACKEND": "dconf",
        "QT_IM_MODULE": "ibus",
    }
    bus_command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with running(bus_command, env, stdout=subprocess.PIPE) as bus:
        assert bus.stdout is not None
        env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        ask(env, "gsettings", "set", "org.freedesktop.ibus.general", "use-system-keyboard-layout", "true")
        ask(env, "gsettings", "set", "org.freedesktop.ibus.engine.unikey", "input-method", method)
        with running(["ibus-daemon", "--panel=disable", "--emoji-extension=disable"], env):
            until(lambda: ask(env, "ibus", "engine", "Unikey") or ask(env, "ibus", "engine") == "Unikey")
            yield env
            ask(env, "ibus", "exit")


def keys(env: Mapping[str, str], *names: str) -> None:
    """Press keys, one after the other."""
    for name in names:
        ask(env, "xdotool", "key", "--delay", "30", name)


def type_text(env: Mapping[str, str], text: str) -> None:
    """Type plain letters as a person does."""
    ask(env, "xdotool", "type", "--delay", "40", text)
