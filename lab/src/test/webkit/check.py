#!/usr/bin/python3
"""Runs all lessons and attacks of a lab in WebKitGTK, and says which ended otherwise than expected.

    ./corsac demo
    xvfb-run -a dbus-run-session /usr/bin/python3 lab/src/test/webkit/check.py http://localhost:3000

From Debian: gir1.2-webkit2-4.1 python3-gi xvfb dbus. Exits with 0 if all ended as expected.
"""
import json
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

PATIENCE_SECONDS = 600
LOOK = """
const results = document.getElementById('check-results');
return JSON.stringify({
  status: document.getElementById('check-status')?.textContent ?? '',
  wrong: results?.dataset.done ?? '',
  lines: [...results?.querySelectorAll('li') ?? []].map(({className, textContent}) => [className, textContent]),
});
"""


def main(lab):
    exits = []
    view = WebKit2.WebView(web_context=WebKit2.WebContext.new_ephemeral())
    window = Gtk.Window()
    window.set_default_size(1440, 900)
    window.add(view)
    window.show_all()

    def end(message, code):
        print(message)
        exits.append(code)
        Gtk.main_quit()

    def looked(_, result):
        try:
            page = json.loads(view.call_async_javascript_function_finish(result).to_string())
        except GLib.Error:  # while the page loads
            return
        if page["wrong"] != "":
            for kind, text in page["lines"]:
                print("differs" if kind == "differs" else "ok     ", text)
            end(page["status"], min(int(page["wrong"]), 1))

    def look():
        view.call_async_javascript_function(LOOK, -1, None, None, None, None, looked)
        return not exits

    view.connect("load-failed", lambda *_: end("No lab responds at " + lab + ".", 2))
    view.load_uri(lab.rstrip("/") + "/#/check")
    GLib.timeout_add(500, look)
    GLib.timeout_add_seconds(PATIENCE_SECONDS, lambda: end("The lessons did not end.", 2))
    Gtk.main()
    return exits[0]


if len(sys.argv) != 2:
    sys.exit(__doc__)
sys.exit(main(sys.argv[1]))
