package dev.corsac.attacks.lab;

/** The configuration that the gateway is attacked with. */
public final class GatewayConfig {
  private GatewayConfig() {}

  /** Short timeouts: what an upstream does not finish is to be given up within a test. */
  public static String yaml(int port, int upstreamPort) {
    return yaml(port, upstreamPort, "3s");
  }

  /** Long timeouts: what is kept until one ends is seen. */
  public static String patient(int upstreamPort) {
    return yaml(0, upstreamPort, "120s");
  }

  private static String yaml(int port, int upstreamPort, String timeout) {
    return """
        listen: 127.0.0.1:%d
        upstream: http://127.0.0.1:%d
        cors:
          allow_origins: [https://page.example]
          allow_methods: [GET, POST, PUT]
          enforce: unsafe
        timeouts: { connect: 5s, request: %s, idle: %s }
        max_body: 1MB
        """
        .formatted(port, upstreamPort, timeout, timeout);
  }
}
