"""The address of the console, and how to open it in a browser."""

from __future__ import annotations

import threading
import webbrowser


def build_console_url(url: str, world: str = "") -> str:
    """Return the console's address on a server, in a world."""
    prefix = f"/w/{world}" if world else ""
    return f"{url.rstrip('/')}{prefix}/_mockgem/console/"


def open_browser(url: str) -> bool:
    """Open a page in the user's browser. Return whether there is one."""
    try:
        return webbrowser.open(url)
    except (webbrowser.Error, OSError):
        return False


def open_browser_aside(url: str) -> None:
    """Open a page without waiting: a command in BROWSER may run as long as its window is open."""
    threading.Thread(target=open_browser, args=(url,), daemon=True).start()
