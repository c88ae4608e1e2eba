"""The app: screens, widgets, one stylesheet."""
