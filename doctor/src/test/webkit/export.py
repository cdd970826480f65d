#!/usr/bin/python3
"""Exports HARs from WebKit's own Web Inspector, and puts them into a file of cases.

    xvfb-run -a dbus-run-session /usr/bin/python3 doctor/src/test/webkit/export.py conformance/field/har/webkit.json

One view shows a page of an origin, which makes requests to another. A second view is the inspector of the first, as WebKit serves it to remote
tools, and exports what its network table holds. Its Export button leaves out whatever failed, so that there are two exports of each case: what the
button chooses ("..., exported by the button"), and all that the table shows, by the same function of WebKit. Each case of the file gets a new recording;
"--add" adds those that the file lacks, for somebody to say what is expected. From Debian: gir1.2-webkit2-4.1 python3-gi xvfb dbus.
Servers are on loopback alone.
"""
import contextlib
import http.server
import json
import os
import ssl
import subprocess
import sys
import tempfile
import threading

PAGE, API, INSPECTOR, CLOSED, HANGS_UP, UNKNOWN = range(26620, 26626)
ORIGIN = f"http://localhost:{PAGE}"
INSPECTOR_HOST = f"127.0.0.1:{INSPECTOR}"
os.environ["WEBKIT_INSPECTOR_HTTP_SERVER"] = INSPECTOR_HOST

import gi  # noqa: E402: WebKit reads the variable when it is loaded

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

FETCH = "try { await fetch(api + '%s', %s); } catch (e) { }"
CASES = {
    "a response without headers": FETCH % ("/missing-header", "{}"),
    "the origin with a slash": FETCH % ("/slash", "{}"),
    "a preflight that nobody handles": FETCH % ("/no-options", "{method: 'PUT'}"),
    "a preflight that must log in": FETCH % ("/preflight-401", "{headers: {Authorization: 'Bearer 1'}}"),
    "a preflight without headers": FETCH % ("/preflight-bare", "{headers: {'X-Api-Key': '1'}}"),
    "a header that the preflight does not allow": FETCH % ("/header", "{headers: {'X-Api-Key': '1'}}"),
    "a method that the preflight does not allow": FETCH % ("/method", "{method: 'DELETE'}"),
    "credentials": FETCH % ("/plain", "{credentials: 'include'}"),
    "credentials and a star": FETCH % ("/star", "{credentials: 'include'}"),
    "a redirect to a login page": FETCH % ("/redirect", "{}"),
    "a redirect of a preflight": FETCH % ("/preflight-moved", "{headers: {'X-Api-Key': '1'}}"),
    "an error page without headers": FETCH % ("/error", "{}"),
    "a readable 404": FETCH % ("/404", "{}"),
    "all is well": FETCH % ("/fine", "{headers: {'X-Api-Key': '1'}}"),
    "XMLHttpRequest": "const x = new XMLHttpRequest(); x.open('GET', api + '/missing-header');"
    + " await new Promise(done => { x.onloadend = done; x.send(); });",
    "nobody listens": f"try {{ await fetch('http://127.0.0.1:{CLOSED}/'); }} catch (e) {{ }}",
    "no such host": "try { await fetch('http://nowhere.invalid/'); } catch (e) { }",
    "a server that hangs up": f"try {{ await fetch('http://127.0.0.1:{HANGS_UP}/'); }} catch (e) {{ }}",
    "a certificate that nobody knows": f"try {{ await fetch('https://127.0.0.1:{UNKNOWN}/'); }} catch (e) {{ }}",
    "given up by the page": "const stop = new AbortController(); setTimeout(() => stop.abort(), 300);"
    + " try { await fetch(api + '/slow', {signal: stop.signal}); } catch (e) { }",
    "a module": "const s = document.createElement('script'); s.type = 'module'; s.src = api + '/missing-header';"
    + " await new Promise(done => { s.onload = s.onerror = done; document.head.append(s); });",
    "an event source": "const s = new EventSource(api + '/missing-header'); await new Promise(done => { s.onerror = done; }); s.close();",
    "an image first without CORS, then with": "const image = cors => new Promise(done => { const i = new Image();"
    + " if (cors) i.crossOrigin = 'anonymous'; i.onload = i.onerror = done; i.src = api + '/image'; });"
    + " await image(false); await image(true);",
    "an image that has no headers, first without CORS, then with": "const image = cors => new Promise(done => { const i = new Image();"
    + " if (cors) i.crossOrigin = 'anonymous'; i.onload = i.onerror = done; i.src = api + '/image-bare'; });"
    + " await image(false); await image(true);",
}

BY_BUTTON = ", exported by the button"

# What differs from run to run, or says nothing of what happened.
LEFT_OUT = {"startedDateTime", "time", "timings", "pageTimings", "cache", "queryString", "content", "cookies", "headersSize", "bodySize"}

GIF = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
ALLOWED = {"Access-Control-Allow-Origin": ORIGIN}
JSON = {"Content-Type": "application/json"}
MAY = {**ALLOWED, **JSON, "Vary": "Origin"}


class Page(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def reply(self, status, headers, body=b"{}"):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError):
            self.wfile.write(body)

    def do_GET(self):
        self.reply(200, {"Content-Type": "text/html"}, b"<!doctype html><title>page</title><body>page")


class Api(Page):
    def do_GET(self):
        path = self.path.split("?")[0]
        origin = self.headers["Origin"]
        image = {"Content-Type": "image/gif", "Cache-Control": "max-age=600"}
        if path == "/slow":
            threading.Event().wait(1)
        responses = {
            "/missing-header": (200, JSON),
            "/slash": (200, {"Access-Control-Allow-Origin": ORIGIN + "/"}),
            "/other": (200, {"Access-Control-Allow-Origin": "https://example.com"}),
            "/plain": (200, MAY),
            "/star": (200, {"Access-Control-Allow-Origin": "*"}),
            "/redirect": (302, {"Location": "/login?next=/redirect"}),
            "/login": (200, {"Content-Type": "text/html"}, b"<html>Log in"),
            "/error": (500, {"Content-Type": "text/plain"}, b"oops"),
            "/404": (404, MAY),
            "/image": (200, {**image, **({"Access-Control-Allow-Origin": origin} if origin else {})}, GIF),
            "/image-bare": (200, image, GIF),
        }
        self.reply(*responses.get(path, (200, MAY)))

    do_PUT = do_DELETE = do_GET

    def do_OPTIONS(self):
        responses = {
            "/no-options": (405, {}),
            "/preflight-401": (401, {"WWW-Authenticate": "Bearer"}),
            "/preflight-bare": (200, {}),
            "/preflight-moved": (301, {"Location": "/preflight-moved/", **ALLOWED}),
            "/header": (204, {**ALLOWED, "Access-Control-Allow-Headers": "content-type"}),
            "/method": (204, {**ALLOWED, "Access-Control-Allow-Methods": "GET, POST"}),
        }
        self.reply(*responses.get(self.path, (204, {**MAY, "Access-Control-Allow-Headers": "x-api-key"})), body=b"")


class HangsUp(http.server.BaseHTTPRequestHandler):
    def handle(self):
        self.rfile.readline()


def serve(port, handler, files=None):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    if files:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(*files)
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def certificate(folder):
    """A certificate that is signed by itself, and its key."""
    files = [os.path.join(folder, name) for name in ("certificate.pem", "key.pem")]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-out", files[0], "-keyout", files[1]],
        check=True, stderr=subprocess.DEVNULL)
    return files


def view():
    made = WebKit2.WebView.new_with_context(WebKit2.WebContext.new_ephemeral())
    made.get_settings().set_enable_developer_extras(True)
    window = Gtk.Window()
    window.set_default_size(1200, 800)
    window.add(made)
    window.show_all()
    return made


def wait(milliseconds):
    loop = GLib.MainLoop()
    GLib.timeout_add(milliseconds, loop.quit)
    loop.run()


def load(made, url):
    loop = GLib.MainLoop()
    handler = made.connect("load-changed", lambda _, event: loop.quit() if event == WebKit2.LoadEvent.FINISHED else None)
    made.load_uri(url)
    loop.run()
    made.disconnect(handler)


def run(made, script):
    """The value of an asynchronous function's body, as a string."""
    loop, value = GLib.MainLoop(), []

    def done(_, result):
        try:
            value.append(made.call_async_javascript_function_finish(result).to_string())
        finally:
            loop.quit()

    made.call_async_javascript_function(script, -1, None, None, None, None, done)
    loop.run()
    return value[0]


def without(value):
    if isinstance(value, dict):
        return {key: without(each) for key, each in value.items() if key not in LEFT_OUT}
    return [without(each) for each in value] if isinstance(value, list) else value


def exports():
    for port, handler in ((PAGE, Page), (API, Api), (HANGS_UP, HangsUp)):
        serve(port, handler)
    with tempfile.TemporaryDirectory() as folder:
        serve(UNKNOWN, Api, certificate(folder))
    page = view()
    load(page, ORIGIN + "/")
    inspector = view()
    load(inspector, f"http://{INSPECTOR_HOST}/Main.html?ws={INSPECTOR_HOST}/socket/1/1/WebPage")
    table = "WI.tabBrowser.bestTabContentViewForClass(WI.NetworkTabContentView).contentBrowser.currentContentView"
    while run(inspector, "return String(!!(window.WI && WI.networkManager && WI.networkManager.mainFrame && WI.tabBrowser));") != "true":
        wait(200)
    run(inspector, "WI.showNetworkTab(); return '';")
    for name, script in CASES.items():
        load(page, ORIGIN + "/")
        wait(500)
        run(page, f"const api = 'http://127.0.0.1:{API}'; {script} return '';")
        wait(1500)
        for suffix, resources in (
            ("", f"{table}._activeCollection.filteredEntries.map(each => each.resource).filter(each => each?.requestSentDate)"),
            (BY_BUTTON, f"{table}._HARResources()"),
        ):
            har = run(inspector, f"return JSON.stringify(await WI.HARBuilder.buildArchive({resources}));")
            yield name + suffix, without(json.loads(har))


def main():
    target = sys.argv[1]
    with open(target, encoding="utf-8") as file:
        document = json.load(file)
    cases = {case["name"]: case for case in document["cases"]}
    for name, har in exports():
        print(name, [(e["request"]["method"], e["response"]["status"], e["response"].get("_error")) for e in har["log"]["entries"]], flush=True)
        case = cases.get(name)
        if case is None:
            if "--add" not in sys.argv:
                continue
            version = f"{WebKit2.get_major_version()}.{WebKit2.get_minor_version()}"
            case = {"name": name, "source": f"exported by the Web Inspector of WebKitGTK {version}",
                    "why": "", "har": {}, "expect": {}}
            document["cases"].append(case)
        case["har"] = har
    with open(target, "w", encoding="utf-8") as file:
        json.dump(document, file, indent=1, ensure_ascii=False)
        file.write("\n")


main()
