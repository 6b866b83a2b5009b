"""The face: main window, pages, widgets, dialogs and theme. Not responsible for any work."""
