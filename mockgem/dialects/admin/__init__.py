"""The admin API under /_mockgem, which controls and inspects the server."""
