package dev.corsac.browser;

import dev.corsac.browser.url.Url;
import org.jspecify.annotations.Nullable;

/** The first line that each engine's console prints about a network error, word for word. */
final class Console {
  private Console() {}

  static @Nullable String line(Engine engine, NetworkError error) {
    return switch (engine) {
      case STANDARD -> null;
      case CHROMIUM -> ChromiumConsole.line(error);
      case FIREFOX -> FirefoxConsole.line(error);
      case WEBKIT -> WebKitConsole.line(error);
    };
  }

  /** Chromium reports this once per document, as an issue; WebKit does not report it. */
  static @Nullable String authorizationCoveredByStar(Engine engine, Url url) {
    return engine == Engine.FIREFOX ? FirefoxConsole.authorizationCoveredByStar(url) : null;
  }
}
