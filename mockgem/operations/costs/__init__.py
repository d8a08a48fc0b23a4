"""What requests would cost on the real service: dated prices, and what a request uses."""
