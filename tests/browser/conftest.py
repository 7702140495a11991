"""A real browser and the rendered book in it: from a server under a strict policy, and from the disk."""

from __future__ import annotations

import gzip
import os
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

POLICY = "default-src 'self'"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


ROOT = Path(__file__).parents[2]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`every_page` is each page of the site, `every_chapter` each of its chapters."""
    listed = yaml.safe_load((ROOT / "_quarto.yml").read_text(encoding="utf-8"))["book"]
    parts = [item["chapters"] if isinstance(item, dict) else [item] for item in listed["chapters"]]
    chapters = [path for part in parts for path in part if len(part) > 1]
    pages = [*(path for part in parts for path in part), *listed["appendices"], "404.html"]
    for name, paths in {"every_page": pages, "every_chapter": chapters}.items():
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, [path.replace(".qmd", ".html") for path in paths])


class Strict(SimpleHTTPRequestHandler):
    """Serves the site as a careful host would."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send text gzipped, so that the browser's own entries say what a page weighs on its way."""
        path = Path(self.translate_path(self.path))
        if path.suffix not in (".html", ".css", ".js", ".svg") or not path.is_file():
            super().do_GET()
            return
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder; its address on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(folder))) as running:
        running.daemon_threads = True
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}/"
        running.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def server(book: Path) -> Iterator[str]:
    """The site's address."""
    with serve(book) as address:
        yield address


@pytest.fixture(scope="session")
def subfolder(book: Path) -> Iterator[str]:
    """The address of the same site where it is not at its host's root."""
    with serve(book.parent) as address:
        yield f"{address}{book.name}/"


# Not for the session: an open Playwright holds an event loop, and press's own tests start theirs.
@pytest.fixture(scope="module")
def browser(need: Callable[..., str]) -> Iterator[Browser]:
    """Chromium: `CHROMIUM`, or what is installed here, or what Playwright installed."""
    with sync_playwright() as playwright:
        names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
        found = need("Chromium", os.environ.get("CHROMIUM"), *names, playwright.chromium.executable_path)
        running = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield running
        running.close()


class Visit:
    """One page open in the browser, and all that went wrong or was asked for on the way."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.console: list[str] = []
        self.failed: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda m: self.console.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.on("requestfailed", lambda request: self.failed.append(f"{request.url} {request.failure}"))
        page.on("response", lambda r: self.failed.append(f"{r.url} {r.status}") if r.status >= 400 else None)
        page.on("request", lambda request: self.requests.append(request.url))

    def wait_for_scripts(self) -> None:
        """Let pages that come wait for their scripts however busy this machine is, and not for the usual second alone."""
        self.page.add_init_script(
            "const soon = setTimeout; setTimeout = (f, ms, ...rest) => soon(f, ms === 1000 ? 60_000 : ms, ...rest);"
        )

    def open(self, address: str) -> Page:
        """Open the address and wait until all has come."""
        self.page.goto(address, wait_until="networkidle")
        return self.page


@pytest.fixture(scope="module")
def visit(browser: Browser) -> Callable[..., object]:
    """Open the site in a context of its own: a reader who has never been here."""

    @contextmanager
    def start(
        width: int = 1440,
        scheme: str = "light",
        *,
        scripts: bool = True,
        height: int = 900,
        **settings: object,
    ) -> Iterator[Visit]:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=scripts,
            reduced_motion="reduce",
            **settings,
        )
        try:
            yield Visit(context.new_page())
        finally:
            context.close()

    return start
