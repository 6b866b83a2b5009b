"""The command line: arguments in, sentences and JSON out.

Not responsible for windows (it may only answer that one is wanted) nor for any work of its own:
everything goes through `studio`.
"""
