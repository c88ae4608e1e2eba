import ast
import re
from collections.abc import Iterator
from pathlib import Path

from procroutine.cli.table import COMMANDS

PACKAGE = Path(__file__).parent.parent / "procroutine"
ERRORS = {"BadInput", "NotFound", "DoesNotFit", "CannotRead", "CannotWrite", "NotToml", "NewerFormat"}


def texts(node: ast.AST) -> Iterator[str]:
    return (part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))


def sentences(path: Path) -> Iterator[str]:
    """Give every text that is handed to an error, or to a fault of a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ERRORS or name in ("fault", "refuse"):
                yield from texts(node)


def test_a_command_that_a_remedy_names_is_one() -> None:
    told = re.compile(r"`procroutine ([a-z-]+)|(?:see|with:|in|as:) procroutine ([a-z-]+)")
    found = [text for path in PACKAGE.rglob("*.py") for text in sentences(path)]
    named = {first or second for text in found for first, second in told.findall(text)}
    assert {"start", "history", "routines", "status"} <= named <= set(COMMANDS)
