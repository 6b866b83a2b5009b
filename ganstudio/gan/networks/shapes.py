"""Networks of which names and shapes alone are wanted: no memory for numbers, no first weights.

Not responsible for building them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

__all__ = ["shapes_alone"]

_FILLING = (nn.init.normal_, torch.Tensor.normal_)


class _Unfilled(TorchFunctionMode):
    """Leaves out what fills a tensor with normal numbers.

    For a tensor without memory torch would load its compiler to do so, which takes seconds.
    """

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        given = kwargs or {}
        if func in _FILLING:
            return args[0] if args else given["tensor"]
        return func(*args, **given)


@contextlib.contextmanager
def shapes_alone() -> Iterator[None]:
    """Build networks in here, on the device "meta"."""
    with torch.device("meta"), _Unfilled():
        yield
