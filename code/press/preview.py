"""The book served on this machine, and rendered again when a file is saved; the page in the browser reloads itself."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from watchfiles import DefaultFilter, watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RELOAD = "/press-reload.js"
WAIT = "/press-wait"
_SCRIPT = f"""\
const seen = new URL(document.currentScript.src).searchParams.get("seen");
fetch("{WAIT}?seen=" + seen).then((answer) => answer.ok && location.reload());
"""
_FOLDERS = ("chapters", "code", "figures", "requirements")
_FILES = ("_quarto.yml", "index.qmd", "references.bib", "pyproject.toml")


class Rounds:
    """Counts the renderings; a page waits for the next."""

    def __init__(self) -> None:
        self.count = 0
        self._changed = threading.Condition()

    def next(self) -> None:
        """A new rendering is there."""
        with self._changed:
            self.count += 1
            self._changed.notify_all()

    def wait(self, seen: int, seconds: float = 30) -> bool:
        """Whether a rendering newer than `seen` comes within the time."""
        with self._changed:
            return self._changed.wait_for(lambda: self.count > seen, seconds)


class Handler(SimpleHTTPRequestHandler):
    """Files of the book, with the reloading script added to each page as it is served: the files stay as they are."""

    def __init__(self, *arguments: object, rounds: Rounds, **settings: object) -> None:
        self.rounds = rounds
        super().__init__(*arguments, **settings)  # type: ignore[arg-type] # handed on as they came

    def do_GET(self) -> None:
        """Serve a file, a page with the script, or the wait for the next rendering."""
        path, _, query = self.path.partition("?")
        if path == WAIT:
            while not self.rounds.wait(int(query.removeprefix("seen=") or 0)):
                pass
            self._send(b"", "text/plain")
        elif path == RELOAD:
            self._send(_SCRIPT.encode(), "text/javascript")
        elif path.endswith((".html", "/")):
            self._page(path)
        else:
            super().do_GET()

    def _page(self, path: str) -> None:
        file = self.translate_path(path + ("index.html" if path.endswith("/") else ""))
        try:
            with open(file, "rb") as opened:  # noqa: PTH123 - http.server gives a string
                content = opened.read()
        except FileNotFoundError:
            self.send_error(404)
            return
        script = f'<script src="{RELOAD}?seen={self.rounds.count}" defer></script></head>'
        self._send(content.replace(b"</head>", script.encode(), 1), "text/html; charset=utf-8")

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Requests are not worth a line each."""


def serve(
    root: Path,
    output: Path,
    port: int,
    render: Callable[[], None],
    say: Callable[[str], None],
    stop: threading.Event | None = None,
) -> None:
    """Serve the folder `output` and call `render` after each save, until interrupted or `stop` is set."""
    rounds = Rounds()
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, rounds=rounds, directory=str(output)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(f"http://127.0.0.1:{server.server_port}/  (Ctrl-C ends it)")
    watched = [path for name in (*_FOLDERS, *_FILES) if (path := root / name).exists()]
    try:
        for _ in watch(*watched, watch_filter=DefaultFilter(), stop_event=stop, raise_interrupt=False):
            render()
            rounds.next()
    finally:
        server.shutdown()
        server.server_close()
