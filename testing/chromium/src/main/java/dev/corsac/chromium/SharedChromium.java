package dev.corsac.chromium;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One Chromium for all tests of a class: it starts before the first and ends after the last.
 *
 * <pre>{@code
 * @RegisterExtension static final SharedChromium CHROMIUM = new SharedChromium();
 * }</pre>
 *
 * <p>Thread-safe; each {@link Tab} is for one thread.
 */
@SuppressWarnings("NullAway.Init")
public final class SharedChromium implements BeforeAllCallback, AfterAllCallback {
  private Chromium chromium;

  @Override
  public void beforeAll(ExtensionContext context) {
    chromium = Chromium.start();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    chromium.close();
  }

  /** Opens an empty tab with cookies and caches of its own. */
  public Tab newTab() {
    return chromium.newTab();
  }
}
