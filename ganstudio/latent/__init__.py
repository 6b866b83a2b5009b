"""Where a generator can go: from a point to a latent vector to pictures, and directions to walk.

Not responsible for threads, undo or favourites (`studio`, `project`), nor for networks (`gan`).
"""
