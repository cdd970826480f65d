package dev.corsac.servlet;

import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.component.Container;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the filter ahead of Jetty's upgrades to WebSocket, so that it sees every handshake.
 *
 * <p>Jetty's WebSocket modules put a filter at the head of the mappings when they find that they
 * need it: in an initializer, or as late as an endpoint is added. Jetty has its servlet handler
 * once for each EE release, so its methods are called by name.
 *
 * @param servlets the context's servlet handler, which tells of each mapping that comes
 */
record JettyUpgrades(Container servlets) implements Container.Listener {
  private static final String FILTER = "WebSocketUpgradeFilter";
  private static final String HANDLER = "WebSocketUpgradeHandler";

  /**
   * Goes ahead of the upgrades of the context that is starting, now and later.
   *
   * @throws ServletException if something upgrades where no filter comes before it
   */
  static void follow() throws ServletException {
    ContextHandler context = ContextHandler.getCurrentContextHandler();
    if (context == null) {
      throw unknown(null);
    }
    refuseHandler(context);
    if (call(context, "getServletHandler") instanceof Container servlets) {
      JettyUpgrades upgrades = new JettyUpgrades(servlets);
      if (!servlets.getEventListeners().contains(upgrades)) {
        servlets.addEventListener(upgrades);
      }
      upgrades.putBehind();
    }
  }

  @Override
  public void beanAdded(Container parent, Object child) {
    if (child.getClass().getSimpleName().equals("FilterMapping")) {
      try {
        putBehind();
      } catch (ServletException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void beanRemoved(Container parent, Object child) {}

  /** Moves this module's mappings ahead of the first that upgrades; the rest keeps its order. */
  private void putBehind() throws ServletException {
    Object[] mappings = (Object[]) call(servlets, "getFilterMappings");
    List<Object> ours = new ArrayList<>();
    List<Object> others = new ArrayList<>();
    int upgrade = -1;
    boolean behind = false;
    for (Object mapping : mappings) {
      String filter = filterOf(mapping);
      if (filter.equals(CorsFilter.class.getName())) {
        ours.add(mapping);
        behind |= upgrade >= 0;
        continue;
      }
      if (upgrade < 0 && filter.endsWith("." + FILTER)) {
        upgrade = others.size();
      }
      others.add(mapping);
    }
    if (behind) {
      others.addAll(upgrade, ours);
      call(servlets, "setFilterMappings", (Object) others.toArray(mappings.clone()));
    }
  }

  private String filterOf(Object mapping) throws ServletException {
    Object name = call(mapping, "getFilterName");
    return String.valueOf(call(call(servlets, "getFilter", name), "getClassName"));
  }

  /** Jetty can also upgrade in a handler, which runs before any filter of its context. */
  private static void refuseHandler(ContextHandler context) throws ServletException {
    Server server = context.getServer();
    for (Handler handler : server.getDescendants(Handler.class)) {
      if (handler.getClass().getSimpleName().equals(HANDLER)
          && handler instanceof Handler.Container upgrading
          && (upgrading.getDescendants(ContextHandler.class).contains(context)
              || context.getDescendants(Handler.class).contains(handler))) {
        throw new ServletException(
            HANDLER
                + " opens WebSockets before any filter runs, so CorsFilter could not refuse a"
                + " handshake of another origin. Fix: add the endpoints to the context with"
                + " JettyWebSocketServletContainerInitializer.configure(context, ...) or"
                + " JakartaWebSocketServletContainerInitializer.configure(context, ...), and remove"
                + " the handler.");
      }
    }
  }

  private static Object call(Object target, String method, Object... arguments)
      throws ServletException {
    try {
      Class<?>[] types = Arrays.stream(arguments).map(Object::getClass).toArray(Class<?>[]::new);
      return target.getClass().getMethod(method, types).invoke(target, arguments);
    } catch (ReflectiveOperationException e) {
      throw unknown(e);
    }
  }

  private static ServletException unknown(@Nullable Exception cause) {
    return new ServletException(
        "CorsFilter does not know this Jetty, so it cannot say whether it sees every WebSocket"
            + " handshake. Fix: use Jetty 12 with EE 10 or EE 11.",
        cause);
  }
}
