"""Small windows beside the main one: settings, shortcuts, names, reports. None stops training."""
