"""The house rules that no other tool holds: sizes, docstrings, borders between libraries, complete registries."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DESKTOP = ROOT / "sangkien_desktop"
PRODUCT = ("sangkien_desktop", "reference_portal", "demonstration", "benchmarks", "packaging", "dev.py")

MODULE_LINES, FUNCTION_LINES, CLASS_LINES, PARAMETERS, NESTING = 400, 40, 250, 6, 3

# A migration lists what it changes; cutting it into pieces would not make it clearer.
FREE_OF_SIZES = ("sangkien_desktop/storage/migrations/versions/",)

# The one module of a room that may import what the import contracts keep out of the rest of it.
ONLY_IN = {
    "PySide6.QtPrintSupport": ("sangkien_desktop/documents/", "sangkien_desktop/ui/"),
    "PySide6.QtSql": (),
    "sqlite3": (),
    "pysqlite3": (),
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def tracked(*suffixes: str) -> list[Path]:
    """Every file that belongs to the project, also before its first commit."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    paths = (ROOT / name for name in names if not suffixes or name.endswith(suffixes))
    return sorted(path for path in paths if path.is_file())


def modules(*folders: str) -> list[Path]:
    return [path for path in tracked(".py") if name_of(path).startswith(folders)]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def found(folders: tuple[str, ...], look: Callable[[Path], Iterator[str]]) -> list[str]:
    return [f"{name_of(path)}: {finding}" for path in modules(*folders) for finding in look(path)]


def agree(findings: list[str]) -> None:
    """Fails with every finding on a line of its own."""
    assert not findings, "\n" + "\n".join(findings)


def measured(path: Path) -> bool:
    return not name_of(path).startswith(FREE_OF_SIZES)


def length(node: Function | ast.ClassDef) -> int:
    """Lines from the name to the end without the docstring."""
    first = node.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if is_docstring else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def depth(statements: list[ast.stmt]) -> int:
    """How deep blocks stand in blocks; `elif` is no deeper than its `if`, a nested function starts anew."""
    return max((one_depth(statement) for statement in statements), default=0)


def one_depth(statement: ast.stmt) -> int:
    if isinstance(statement, Function | ast.ClassDef):
        return 0
    if (
        isinstance(statement, ast.If)
        and len(statement.orelse) == 1
        and isinstance(statement.orelse[0], ast.If)
    ):
        return max(1 + depth(statement.body), one_depth(statement.orelse[0]))
    blocks = [getattr(statement, name, []) for name in ("body", "orelse", "finalbody")]
    blocks += [part.body for part in [*getattr(statement, "handlers", []), *getattr(statement, "cases", [])]]
    inner = [depth(block) for block in blocks if block]
    return 1 + max(inner) if inner else 0


def parameters(function: Function) -> int:
    given = function.args
    names = [argument.arg for argument in [*given.posonlyargs, *given.args, *given.kwonlyargs]]
    return len([name for name in names if name not in ("self", "cls")])


def test_no_module_is_too_long() -> None:
    def look(path: Path) -> Iterator[str]:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MODULE_LINES and measured(path):
            yield f"{lines} lines"

    agree(found((*PRODUCT, "tests"), look))


def test_no_function_is_too_long_too_deep_or_asks_too_much() -> None:
    def look(path: Path) -> Iterator[str]:
        for node in ast.walk(tree(path)):
            if not isinstance(node, Function) or not measured(path):
                continue
            if length(node) > FUNCTION_LINES:
                yield f"{node.name} has {length(node)} lines"
            if depth(node.body) > NESTING:
                yield f"{node.name} is {depth(node.body)} deep"
            # Each parameter of a command is an option that a person may type.
            is_command = any(ast.unparse(mark) == "state.command" for mark in node.decorator_list)
            if parameters(node) > PARAMETERS and not is_command:
                yield f"{node.name} asks for {parameters(node)} parameters"

    agree(found(PRODUCT, look))


def test_no_class_is_too_long() -> None:
    def look(path: Path) -> Iterator[str]:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef) and length(node) > CLASS_LINES:
                yield f"{node.name} has {length(node)} lines"

    agree(found(PRODUCT, look))


def test_everything_public_has_a_docstring() -> None:
    def undocumented(node: ast.Module | ast.ClassDef) -> Iterator[str]:
        for inner in node.body:
            if not isinstance(inner, Function | ast.ClassDef) or not is_public(inner):
                continue
            if ast.get_docstring(inner) is None:
                yield inner.name
            if isinstance(inner, ast.ClassDef):
                yield from (f"{inner.name}.{name}" for name in undocumented(inner))

    def is_public(node: Function | ast.ClassDef) -> bool:
        # Names in mixed case are overrides of Qt methods, documented where Qt documents them.
        is_qt_override = isinstance(node, Function) and node.name != node.name.lower()
        decorators = {ast.unparse(decorator).partition("(")[0] for decorator in node.decorator_list}
        repeats = {"overload", "override", "typing.overload"} & decorators
        setter = any(decorator.endswith((".setter", ".getter")) for decorator in decorators)
        return not (node.name.startswith("_") or is_qt_override or repeats or setter)

    def look(path: Path) -> Iterator[str]:
        if path.name != "__main__.py" and ast.get_docstring(tree(path)) is None:
            yield "the module"
        if measured(path):
            yield from undocumented(tree(path))

    agree(found(PRODUCT, look))


def imports(path: Path) -> Iterator[str]:
    """Dotted names of all that a module imports, wherever the import stands."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_a_library_stays_where_it_belongs() -> None:
    def look(path: Path) -> Iterator[str]:
        for library, homes in ONLY_IN.items():
            inside = any(name == library or name.startswith(f"{library}.") for name in imports(path))
            if inside and not name_of(path).startswith(homes or ("nowhere",)):
                yield f"imports {library}"

    agree(found(("sangkien_desktop",), look))


def test_imports_are_absolute() -> None:
    def look(path: Path) -> Iterator[str]:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ImportFrom) and node.level:
                yield f"line {node.lineno}"

    agree(found(PRODUCT, look))


@pytest.mark.parametrize(
    "call", ["time.sleep", "QApplication.processEvents", "QCoreApplication.processEvents"]
)
def test_nobody_waits_by_sleeping(call: str) -> None:
    def look(path: Path) -> Iterator[str]:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == call:
                yield f"line {node.lineno}"

    agree(found(("sangkien_desktop",), look))


# Written in two parts, so that this file does not find itself.
UNWANTED = {
    "unfinished work": re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b"),
    "a package registry": re.compile(
        r"py" + r"pi\.org|python" + r"hosted\.org|npm" + r"js\.org|-index-" + r"url"
    ),
    "a path of one machine": re.compile(r"(?<![\w.])/(?:wo" + r"rk|ro" + r"ot)/\w|\.\./sha" + r"red"),
    "a test that may fail": re.compile(r"\bx" + r"fail\b"),
    "a blanket exemption": re.compile(r"#\s*noqa\s*$|#\s*type:\s*ignore\s*$", re.MULTILINE),
}
TEXTS = (
    ".py",
    ".md",
    ".toml",
    ".in",
    ".txt",
    ".yaml",
    ".spec",
    ".iss",
    ".ini",
    ".html",
    ".css",
    ".qss",
    ".json",
    "run",
)


@pytest.mark.parametrize("what", UNWANTED)
def test_no_file_holds(what: str) -> None:
    findings = []
    for path in tracked(*TEXTS):
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if UNWANTED[what].search(line):
                findings.append(f"{name_of(path)}:{number}")
    agree(findings)


def test_no_report_is_left_out_of_the_menu() -> None:
    reports = import_module("sangkien_desktop.reports")
    names = {path.stem for path in (DESKTOP / "reports").glob("[a-z]*.py")}
    made = [import_module(f"sangkien_desktop.reports.{name}") for name in sorted(names)]
    left_out = [one.__name__ for one in made if hasattr(one, "REPORT") and one.REPORT not in reports.REPORTS]
    assert left_out == []


def test_every_screen_stands_in_the_side_bar() -> None:
    screens = import_module("sangkien_desktop.ui.navigation").SCREENS
    folders = {path.parent.name for path in (DESKTOP / "ui" / "screens").glob("*/__init__.py")}
    assert {name for group in screens for name in group} == folders


def test_types_are_strict_for_everything_shipped() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert settings["strict"]
    assert {"sangkien_desktop", "reference_portal"} <= set(settings["packages"])
    loosened = [one for one in settings["overrides"] if set(one) - {"module", "ignore_missing_imports"}]
    assert loosened == []


def test_every_room_has_an_import_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract for contract in contracts if contract["type"] == "layers")
    assert layers["exhaustive"]
    assert "ignore_imports" not in layers
    named = {name for layer in layers["layers"] for name in re.split(r"[ |:]+", layer)}
    rooms = {path.stem for path in DESKTOP.glob("*.py")} | {
        path.parent.name for path in DESKTOP.glob("*/__init__.py")
    }
    assert rooms - {"__init__"} == named
