"""The adversarial game: networks, losses, one pure training step, the run loop and its files.

Not responsible for threads, windows or pictures on disk: `studio` calls it, `pictures` feeds it.
"""
