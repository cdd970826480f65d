package dev.corsac.doctor.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A server for which the doctor knows how to write a fix. */
public enum Stack {
  CORSAC("Corsac", true),
  SPRING("Spring", true),
  TOMCAT("Tomcat", true),
  JETTY("Jetty", true),
  VERTX("Vert.x", true),
  QUARKUS("Quarkus", true),
  MICRONAUT("Micronaut", false),
  KTOR("Ktor", false),
  EXPRESS("Express", true),
  FASTAPI("FastAPI", true),
  DJANGO("Django", true),
  RAILS("Rails", true),
  LARAVEL("Laravel", false),
  ASPNET("ASP.NET Core", false),
  IIS("IIS", false),
  NGINX("nginx", true),
  APACHE("Apache", true),
  CADDY("Caddy", true),
  S3("Amazon S3", false),
  CLOUDFRONT("CloudFront", false),
  GCS("Google Cloud Storage", false),
  API_GATEWAY("AWS API Gateway", false),
  CLOUDFLARE("Cloudflare", false),
  VERCEL("Vercel", false),
  FIREBASE("Firebase", false),
  SUPABASE("Supabase", false),
  KEYCLOAK("Keycloak", false);

  private final String title;
  private final boolean proven;

  Stack(String title, boolean proven) {
    this.title = title;
    this.proven = proven;
  }

  /** Whether its fixes were tried on a running server; the others follow its documentation. */
  public boolean isProven() {
    return proven;
  }

  /** Its name as its makers write it. */
  public String title() {
    return title;
  }

  /** Its name on the command line: {@code spring}, {@code api-gateway}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The stack of that {@link #id}, in any case.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static Stack parse(String id) {
    Optional<Stack> stack =
        Arrays.stream(values()).filter(each -> each.id().equalsIgnoreCase(id)).findFirst();
    return stack.orElseThrow(
        () ->
            new IllegalArgumentException(
                "There is no stack '"
                    + id
                    + "'. Write one of "
                    + Arrays.stream(values()).map(Stack::id).collect(Collectors.joining(", "))
                    + "."));
  }
}
