"""The changes that are made to a module: slips of the hand that cosmic-ray knows, and a few that it does not."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import parso
from cosmic_ray.ast import Visitor
from cosmic_ray.operators.operator import Operator
from cosmic_ray.operators.provider import OperatorProvider

# Of the comparisons and signs that one can be replaced by, those that are next to it and its opposite: the others
# (a product for a sum of two words) fail by themselves and would only flatter the figure. Decorators stay, because
# most of them only remember results.
_OF_COSMIC_RAY = (
    "AddNot ExceptionReplacer NumberReplacer ZeroIterationForLoop"
    " ReplaceAndWithOr ReplaceOrWithAnd ReplaceTrueWithFalse ReplaceFalseWithTrue"
    " ReplaceBreakWithContinue ReplaceContinueWithBreak"
    " ReplaceUnaryOperator_Delete_Not ReplaceUnaryOperator_USub_UAdd"
    " ReplaceBinaryOperator_Add_Sub ReplaceBinaryOperator_Sub_Add ReplaceBinaryOperator_Mul_Div"
    " ReplaceBinaryOperator_Div_Mul ReplaceBinaryOperator_FloorDiv_Mul ReplaceBinaryOperator_Mod_Add"
    " ReplaceBinaryOperator_BitOr_BitAnd ReplaceBinaryOperator_BitAnd_BitOr ReplaceBinaryOperator_BitXor_BitOr"
    " ReplaceComparisonOperator_Eq_NotEq ReplaceComparisonOperator_NotEq_Eq"
    " ReplaceComparisonOperator_Is_IsNot ReplaceComparisonOperator_IsNot_Is"
    " ReplaceComparisonOperator_Lt_LtE ReplaceComparisonOperator_Lt_GtE"
    " ReplaceComparisonOperator_LtE_Lt ReplaceComparisonOperator_LtE_Gt"
    " ReplaceComparisonOperator_Gt_GtE ReplaceComparisonOperator_Gt_LtE"
    " ReplaceComparisonOperator_GtE_Gt ReplaceComparisonOperator_GtE_Lt"
).split()
_OTHER_CALLS = {"any": "all", "all": "any", "min": "max", "max": "min"}


class Change(NamedTuple):
    """One change of a module, with the line (from 1) and what stands there before and after."""

    kind: str
    line: int
    before: str
    after: str
    source: str


def changes_of(source: str) -> Iterator[Change]:
    """Every change of a module, each once: two operators may write the same."""
    known = OperatorProvider()
    operators = {name: known[name] for name in _OF_COSMIC_RAY} | {one.__name__: one for one in _OURS}
    seen = {source}
    for name, operator in operators.items():
        number = 0
        while (changed := _changed(source, operator(), number)) is not None:
            number += 1
            if changed not in seen:
                seen.add(changed)
                line, before, after = _first_difference(source, changed)
                yield Change(name, line, before, after, changed)


class _Walk(Visitor):  # type: ignore[misc]  # cosmic-ray ships no types
    """Makes the change of that number, as cosmic-ray counts them."""

    def __init__(self, operator: Any, number: int) -> None:
        self._operator = operator
        self._left = number
        self.made = False

    def visit(self, node: Any) -> Any:
        for index, _ in enumerate(self._operator.mutation_positions(node)):
            if self._left == 0:
                self.made = True
                node = self._operator.mutate(node, index)
            self._left -= 1
        return node


def _changed(source: str, operator: object, number: int) -> str | None:
    walk = _Walk(operator, number)
    tree = walk.walk(parso.parse(source))
    return str(tree.get_code()) if walk.made else None


def _first_difference(source: str, changed: str) -> tuple[int, str, str]:
    lines = zip(source.splitlines(), changed.splitlines(), strict=False)
    return next(
        ((number, old.strip(), new.strip()) for number, (old, new) in enumerate(lines, 1) if old != new), (0, "", "")
    )


class _Ours(Operator):  # type: ignore[misc]  # cosmic-ray ships no types
    @classmethod
    def examples(cls) -> tuple[()]:
        return ()

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        for _ in range(self.places(node)):
            yield node.start_pos, node.end_pos

    def places(self, node: Any) -> int:
        raise NotImplementedError


class LeaveOutCondition(_Ours):
    """`a and b` becomes `a`, or `b`."""

    def places(self, node: Any) -> int:
        return (len(node.children) + 1) // 2 if node.type in ("and_test", "or_test") else 0

    def mutate(self, node: Any, index: int) -> Any:
        children = node.children
        at = 2 * index
        left = children[:at] + children[at + 2 :] if at + 1 < len(children) else children[: at - 1]
        lead = " " if node.get_first_leaf().prefix else ""
        return parso.parse(lead + "".join(child.get_code() for child in left).lstrip(" "))


class LeaveOutFilter(_Ours):
    """`for a in b if c` becomes `for a in b if True`."""

    def places(self, node: Any) -> int:
        return int(node.type == "comp_if")

    def mutate(self, node: Any, index: int) -> Any:
        node.children[1] = parso.parse(" True")
        return node


class OtherCall(_Ours):
    """`any` becomes `all`, `min` becomes `max`, and the other way round."""

    def places(self, node: Any) -> int:
        return int(node.type == "name" and node.value in _OTHER_CALLS and node.parent.type in ("atom_expr", "power"))

    def mutate(self, node: Any, index: int) -> Any:
        node.value = _OTHER_CALLS[node.value]
        return node


class OtherMembership(_Ours):
    """`in` becomes `not in`, and the other way round."""

    def places(self, node: Any) -> int:
        return sum(_membership(child) is not None for child in node.children) if node.type == "comparison" else 0

    def mutate(self, node: Any, index: int) -> Any:
        at = [number for number, child in enumerate(node.children) if _membership(child) is not None][index]
        node.children[at] = parso.parse(" in" if _membership(node.children[at]) == "not in" else " not in")
        return node


def _membership(node: Any) -> str | None:
    said = " ".join(node.get_code().split())
    return said if node.type in ("keyword", "comp_op") and said in ("in", "not in") else None


_OURS = (LeaveOutCondition, LeaveOutFilter, OtherCall, OtherMembership)
