"""One `QAction` for each command of the table, all of them shortcuts of one window.

Not responsible for doing anything: the window and its pages say what they can do right now
(`commands()`), and a command nobody offers is disabled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ganstudio.desktop import icons, theme
from ganstudio.desktop.commands import COMMANDS, CONTEXT, Command

__all__ = ["ActionSet", "said", "sequences"]


def said(text: str) -> str:
    """A text of the table in the person's language."""
    return QCoreApplication.translate(CONTEXT, text)


class ActionSet(QObject):
    """One `QAction` for each command, all of them shortcuts of one window.

    Args:
        window: Where the shortcuts work.
        run: Called with the key of the command a person asked for.
    """

    def __init__(self, window: QWidget, run: Callable[[str], None]) -> None:
        super().__init__(window)
        self._run = run
        self._actions: dict[str, QAction] = {}
        for command in COMMANDS.values():
            action = self._make(command)
            self._actions[command.key] = action
            window.addAction(action)
        self._tint()
        theme.notifier().changed.connect(self._tint)

    def __getitem__(self, key: str) -> QAction:
        return self._actions[key]

    def items(self) -> Iterable[tuple[str, QAction]]:
        """All of them by key."""
        return self._actions.items()

    def refresh(
        self, possible: Iterable[str], checked: Iterable[str], reasons: Mapping[str, str]
    ) -> None:
        """Enable what can be done right now, tick what is on, say why something cannot be done.

        Args:
            possible: Keys of what can be done.
            checked: Keys of what is on.
            reasons: Key -> why it cannot be done, for its tooltip.
        """
        can, on = set(possible), set(checked)
        for key, action in self._actions.items():
            action.setEnabled(key in can)
            action.setToolTip(reasons.get(key, said(COMMANDS[key].tip)))
            if action.isCheckable():
                action.setChecked(key in on)

    def set_text(self, key: str, text: str) -> None:
        """Name a command after what it would do now, e.g. "Undo left-out pictures"."""
        action = self._actions[key]
        if action.text() != text:
            action.setText(text)

    def _make(self, command: Command) -> QAction:
        action = QAction(said(command.text), self)
        action.setObjectName(command.key)
        action.setToolTip(said(command.tip))
        action.setStatusTip(said(command.tip))
        action.setCheckable(command.checkable)
        action.setShortcuts(sequences(command))
        action.setMenuRole(_ROLES.get(command.key, QAction.MenuRole.NoRole))
        action.triggered.connect(self._triggered)
        return action

    @Slot()
    def _triggered(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self._run(sender.objectName())

    @Slot()
    def _tint(self) -> None:
        for command in COMMANDS.values():
            if command.icon and not command.checkable:
                self._actions[command.key].setIcon(icons.icon(command.icon, "text_quiet"))


_ROLES = {
    "settings": QAction.MenuRole.PreferencesRole,
    "quit": QAction.MenuRole.QuitRole,
    "about": QAction.MenuRole.AboutRole,
}


def sequences(command: Command) -> list[QKeySequence]:
    """Its shortcuts on this platform, the one that is shown first."""
    own = [QKeySequence(text) for text in command.keys]
    if command.standard is None:
        return own
    bindings = QKeySequence.keyBindings(command.standard)
    return [*bindings, *(key for key in own if key not in bindings)]
