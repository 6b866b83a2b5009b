"""Widgets that know plain values, arrays and signals.

Not responsible for what they show: pages are.
"""
