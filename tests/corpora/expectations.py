"""What an expectation of feedparser's suite, which is a Python expression, speaks of."""

import ast


def names(expression: str) -> set[str]:
    """The variables, attributes and keys in it: ``entries[0]['title_detail'].base`` has entries, title_detail, base."""
    if not expression.strip():
        return set()
    nodes = list(ast.walk(ast.parse(expression.strip(), mode="eval")))
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    variables = {node.id for node in nodes if isinstance(node, ast.Name)}
    keys = [node.slice for node in nodes if isinstance(node, ast.Subscript)]
    asked = [argument for node in nodes if isinstance(node, ast.Call) for argument in node.args[:1]]
    written = (one.value for one in (*keys, *asked) if isinstance(one, ast.Constant))
    return attributes | variables | {text for text in written if isinstance(text, str)}
