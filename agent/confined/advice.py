"""Python that smolagents' interpreter does not know or misreads, found before anything runs. Standard library only."""

import ast

_INSTEAD = {
    ast.Dict: "unpacks a dict inside braces, which is not known here; write `a | {...}` instead of `{**a, ...}`",
    ast.Starred: "unpacks a list inside brackets, which is not known here; write `a + [...]` instead of `[*a, ...]`",
    ast.Match: "has a match statement, which is not known here; use if and elif",
    ast.NamedExpr: "assigns inside an expression, which is not known here; assign in a line of its own",
}


def unknown_python(code: str) -> str:
    """One sentence about the first thing in the code that would not run as it reads; empty where there is none.

    Code that cannot be parsed is left to the interpreter, which says why.
    """
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.expr | ast.stmt))
    found = [(node.lineno, kind) for node in nodes for kind in _kinds(node)]
    if not found:
        return ""
    line, kind = min(found, key=lambda pair: pair[0])
    return f"The code was not run: line {line} {_INSTEAD[kind]}."


def _kinds(node: ast.AST) -> list[type[ast.AST]]:
    match node:
        case ast.Dict(keys=keys) if None in keys:
            return [ast.Dict]
        case ast.List(elts=parts, ctx=ast.Load()) | ast.Tuple(elts=parts, ctx=ast.Load()) | ast.Set(elts=parts):
            return [ast.Starred] if any(isinstance(part, ast.Starred) for part in parts) else []
        case ast.Match() | ast.NamedExpr():
            return [type(node)]
    return []
