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

  /** The host of an upstream of its own, which nobody attacks. */
  public static final String STEADY = "steady.example";

  /**
   * What watches is on, and a candidate and a file of origins beside the policy. The steady
   * upstream has more time than a busy machine makes a thread wait.
   *
   * @param maxAge what differs from one configuration to the next
   */
  public static String watched(int upstreamPort, int steadyPort, int maxAge) {
    return yaml(0, upstreamPort, "3s")
        + """
        admin: 127.0.0.1:0
        log: json
        shadow: { allow_origins: ["https://*.example"], max_age: %d }
        routes:
          - path: /**
            host: %s
            upstream: http://127.0.0.1:%d
            timeouts: { request: 15s }
            cors:
              allow_origins: [https://page.example]
              allow_origins_from: [ { file: origins.txt } ]
              allow_methods: [GET, POST, PUT]
              enforce: unsafe
            shadow: { allow_origins: ["https://*.example"] }
        """
            .formatted(maxAge, STEADY, steadyPort);
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
