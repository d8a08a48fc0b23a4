"""What can go wrong with an answer: each fault is a function, on the frames it travels in, its JSON, or what is said."""
