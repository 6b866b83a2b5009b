"""The pages of the rail, one or more files each. Not responsible for the window around them."""
