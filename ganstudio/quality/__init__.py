"""How good the pictures are, in numbers, without any download.

Not responsible for making pictures (`gan`), nor for when they are judged (`studio`).
"""
