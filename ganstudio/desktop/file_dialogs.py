"""Every question for a file or folder, in one place, so that tests can answer them.

Not responsible for reading or writing anything.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

__all__ = ["ask_files", "ask_folder", "ask_path_to_save"]


def ask_folder(title: str, start: Path) -> Path | None:
    """Ask for a folder that exists; None if the person changed their mind."""
    answer = QFileDialog.getExistingDirectory(_parent(), title, str(start))
    return Path(answer) if answer else None


def ask_files(title: str, start: Path, kinds: str, several: bool = True) -> list[Path]:
    """Ask for files that exist; empty if the person changed their mind."""
    if several:
        answers, _ = QFileDialog.getOpenFileNames(_parent(), title, str(start), kinds)
    else:
        answer, _ = QFileDialog.getOpenFileName(_parent(), title, str(start), kinds)
        answers = [answer] if answer else []
    return [Path(answer) for answer in answers]


def ask_path_to_save(title: str, folder: Path, suggested: str, kinds: str) -> Path | None:
    """Ask where to save; None if the person changed their mind."""
    start = folder if folder.is_dir() else folder.parent
    answer, _ = QFileDialog.getSaveFileName(_parent(), title, str(start / suggested), kinds)
    return Path(answer) if answer else None


def _parent() -> QWidget | None:
    return QApplication.activeWindow()
