"""Make text, values, images, audio, video and vectors from a request and a seed."""
