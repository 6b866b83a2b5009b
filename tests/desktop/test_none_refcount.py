"""PySide6 6.12.0 dropped references to None on Python 3.11 until the interpreter aborted."""

from __future__ import annotations

import subprocess
import sys

_CODE = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
widget = QWidget()
before = sys.getrefcount(None)
for _ in range(20_000):
    widget.update()
print(before - sys.getrefcount(None))
"""


def test_updating_a_widget_drops_no_reference_to_none() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CODE], capture_output=True, text=True, check=True, timeout=60
    )
    assert int(done.stdout) < 1_000
