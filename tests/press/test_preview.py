"""The book served on this machine: pages that reload after a save, files that stay as they are."""

import threading
import time
import urllib.error
import urllib.request

import pytest

from press import preview


class Served:
    """A folder served in a thread, and what it says and renders."""

    def __init__(self, root):
        self.root, self.output = root, root / "_book"
        self.renderings = []
        self.fails = False
        self.stop = threading.Event()
        self.ready = threading.Event()
        self.thread = threading.Thread(
            target=preview.serve, args=(root, self.output, 0, self.render, self.say, self.stop), daemon=True
        )
        self.thread.start()
        assert self.ready.wait(10)

    def render(self):
        self.renderings.append(time.monotonic())

    def say(self, line):
        self.address = line.split()[0]
        self.ready.set()

    def get(self, path):
        with urllib.request.urlopen(self.address.rstrip("/") + path, timeout=20) as answer:  # noqa: S310 - this machine's own
            return answer.status, answer.headers, answer.read()


@pytest.fixture
def served(tmp_path):
    """A small site with its sources, served."""
    (tmp_path / "_book" / "chapters").mkdir(parents=True)
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "one.qmd").write_text("one")
    for name in ("index.html", "chapters/one.html"):
        (tmp_path / "_book" / name).write_text("<html><head><title>x</title></head><body></body></html>")
    (tmp_path / "_book" / "book.css").write_text("p {}")
    server = Served(tmp_path)
    yield server
    server.stop.set()
    server.thread.join(10)
    assert not server.thread.is_alive()


@pytest.mark.parametrize("path", ["/", "/index.html", "/chapters/one.html"])
def test_a_page_is_served_with_the_reloading_script(served, path):
    status, headers, content = served.get(path)
    assert (status, headers["Cache-Control"]) == (200, "no-store")
    assert b'<script src="/press-reload.js?seen=0" defer></script></head>' in content


def test_the_files_keep_their_bytes(served):
    before = {path: path.read_bytes() for path in served.output.rglob("*.html")}
    served.get("/index.html")
    assert {path: path.read_bytes() for path in served.output.rglob("*.html")} == before
    assert served.get("/book.css")[2] == b"p {}"


def test_a_page_that_is_not_there_is_not_found(served):
    with pytest.raises(urllib.error.HTTPError) as error:
        served.get("/two.html")
    assert error.value.code == 404
    error.value.close()


def test_nothing_outside_the_book_is_served(served):
    (served.root / "secret.html").write_text("mine")
    with pytest.raises(urllib.error.HTTPError) as error:
        served.get("/../secret.html")
    assert error.value.code == 404
    error.value.close()


def test_a_save_renders_again_and_wakes_the_page_that_waits(served):
    woken = []
    page = threading.Thread(target=lambda: woken.append(served.get("/press-wait?seen=0")[0]), daemon=True)
    page.start()
    time.sleep(0.3)
    assert woken == []
    end = time.monotonic() + 20
    while not woken and time.monotonic() < end:  # the watcher may not have started at the first save
        (served.root / "chapters" / "one.qmd").write_text(str(time.monotonic()))
        page.join(0.5)
    assert woken == [200]
    assert served.renderings
    assert b"seen=0" not in served.get("/")[2]


def test_the_command_survives_an_error_and_shows_the_page_that_mends_it(book):
    book.chapter("Good.")
    server = book.press("preview", "--port", "0", start=True)
    try:
        lines = iter(server.stdout.readline, "")
        address = next(line for line in lines if line.startswith("http")).split()[0]

        def page():
            with urllib.request.urlopen(f"{address}chapters/01-one.html", timeout=10) as answer:  # noqa: S310 - this machine's own
                return answer.read().decode()

        assert "Good." in page()
        told = []
        reader = threading.Thread(target=lambda: told.append(server.stderr.readline()), daemon=True)
        reader.start()
        end = time.monotonic() + 30
        while not told and time.monotonic() < end:  # the watcher may not have started at the first save
            book.chapter("See @fig-none.")
            reader.join(1)
        assert told == ["chapters/01-one.qmd:3: @fig-none refers to nothing: no such id in the book.\n"]
        assert "Good." in page()
        book.chapter("Better.")
        end = time.monotonic() + 30
        while "Better." not in page():
            assert time.monotonic() < end
            time.sleep(0.1)
    finally:
        server.terminate()
        server.communicate(timeout=20)
